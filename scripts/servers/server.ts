import type { Wheel } from './wheel.ts'
import type { Secrets } from '../launcher/secrets.ts'

export type ServerName = 'postgres' | 'valkey' | 'seaweedfs' | 'temporal'

/** What a server is given to run with: its program, its own folder for data, its ports by purpose, and the secrets made for it. */
export type ServerContext = {
  program: string
  dataDirectory: string
  ports: Record<string, number>
  secrets: Secrets
  /** The user to run as, where the server refuses to run as root. */
  identity?: { uid: number; gid: number }
  buckets: readonly string[]
  /** Fires when the start is given up. */
  signal: AbortSignal
}

/** A command line that is ready to be spawned. */
export type Command = {
  command: string
  args: string[]
  env?: Record<string, string | undefined>
  identity?: { uid: number; gid: number }
}

/** One of the real servers the launcher starts when its address is not in the environment. */
export type Server = {
  name: ServerName
  title: string
  /** When this variable is set the server it names is used and ours is not started. */
  addressVariable: string
  wheel: Wheel
  /** The same program installed on the machine: names to look for and the version it must print. */
  onPath: { names: string[]; folders?: string[]; versionArguments: string[]; version: RegExp; package: string }
  /** The first port tried for each purpose; all are on the loopback address. */
  ports: Record<string, number>
  /** False for a free port that this server still cannot use. */
  isUsablePort?: (port: number) => boolean
  /** Makes what must exist before the first start; does nothing when it is there already. */
  prepare(context: ServerContext): Promise<void>
  start(context: ServerContext): Command
  /** True once the server does its real work; false or an error while it does not. */
  isReady(context: ServerContext): Promise<boolean>
  stop: StopManner
}

/** How a process is ended: asked with `signal`, asked again with `hurrySignal` when time is short, killed after `killAfterMs`. */
export type StopManner = { signal: NodeJS.Signals; hurrySignal: NodeJS.Signals; killAfterMs: number }
