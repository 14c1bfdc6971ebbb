import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { holderOfPort } from './port-holder.ts'

/** Ports by purpose, such as `{api: 8000}`. */
export type Ports = Record<string, number>

const bind = (port: number, host: string) =>
  new Promise<Server | string>((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'))
    server.listen(port, host, () => resolve(server.unref()))
  })

/** Listens on a port of both loopback addresses, so that `localhost` means us; undefined when somebody else does. A machine without IPv6 is fine. */
async function hold(port: number): Promise<Server[] | undefined> {
  const v4 = await bind(port, '127.0.0.1')
  if (typeof v4 === 'string') return undefined
  const v6 = await bind(port, '::1')
  if (v6 === 'EADDRINUSE') {
    v4.close()
    return undefined
  }
  return typeof v6 === 'string' ? [v4] : [v4, v6]
}

/**
 * Ports that are ours from the moment they are chosen: each is listened on until `release` hands it to the
 * process that wants it, so that two launchers starting together never choose the same.
 */
export class PortBook {
  readonly #held = new Map<string, Server[]>()
  readonly #remembered: Ports
  readonly #file: string
  readonly #onTaken: (purpose: string, port: number, holder: string | undefined, instead: number) => void
  readonly ports: Ports = {}

  constructor(
    dataDirectory: string,
    onTaken: (purpose: string, port: number, holder: string | undefined, instead: number) => void,
  ) {
    this.#file = join(dataDirectory, 'ports.json')
    this.#remembered = readPorts(this.#file)
    this.#onTaken = onTaken
  }

  /** Chooses a port: the one of the last start, else `first`, else the next free one. `asked` (a person's wish) beats the memory. */
  async choose(
    purpose: string,
    first: number,
    { asked, isUsable = () => true }: { asked?: number; isUsable?: (port: number) => boolean } = {},
  ): Promise<number> {
    const wanted = asked ?? this.#remembered[purpose] ?? first
    const chosen = new Set(Object.values(this.ports))
    for (let port = wanted; port < 65536; port += 1) {
      const held = chosen.has(port) || !isUsable(port) ? undefined : await hold(port)
      if (!held) continue
      this.#held.set(purpose, held)
      this.ports[purpose] = port
      if (port !== wanted) this.#onTaken(purpose, wanted, holderOfPort(wanted), port)
      return port
    }
    throw new Error(`no free port from ${wanted} upwards for ${purpose}`)
  }

  /** Stops listening on these ports, just before their process starts to. */
  async release(purposes: string[]): Promise<void> {
    const servers = purposes.flatMap((purpose) => this.#held.get(purpose) ?? [])
    for (const purpose of purposes) this.#held.delete(purpose)
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }

  /** Keeps the choice for the next start. */
  remember(): void {
    writeFileSync(this.#file, `${JSON.stringify({ ...this.#remembered, ...this.ports }, null, 2)}\n`)
  }
}

function readPorts(file: string): Ports {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
