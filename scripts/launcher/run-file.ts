import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from './environment.ts'

type SignIn = { email: string; password: string }

/** What runs, where, and how to sign in; there from the moment everything is ready until it stops. */
export type RunFile = {
  api: string
  web: string
  console: string
  temporalUi: string
  /** Where caught mails are read; empty when they go to a real server. */
  mail: string
  demo: SignIn
  admin: SignIn
  pids: Record<string, number>
  servers: Record<string, string>
  settings: Settings
}

const pathIn = (dataDirectory: string) => join(dataDirectory, 'run.json')

/** The description of what runs, from the settings it runs with. */
export function describeRun(
  settings: Settings,
  pids: Record<string, number>,
  devPorts?: { web: number; admin: number },
): RunFile {
  const api = `http://localhost:${settings.PORT}`
  const setting = (name: string) => settings[name] ?? ''
  return {
    api,
    web: devPorts ? `http://localhost:${devPorts.web}/` : `${api}/`,
    console: devPorts ? `http://localhost:${devPorts.admin}/admin/` : `${api}/admin`,
    temporalUi: setting('TEMPORAL_UI_URL'),
    mail: setting('MAIL_PAGE'),
    demo: { email: setting('DEMO_EMAIL'), password: setting('DEMO_PASSWORD') },
    admin: { email: setting('ADMIN_EMAIL'), password: setting('ADMIN_PASSWORD') },
    pids,
    servers: {
      database: setting('DATABASE_URL'),
      redis: setting('REDIS_URL'),
      storage: setting('S3_ENDPOINT'),
      temporal: setting('TEMPORAL_ADDRESS'),
    },
    settings,
  }
}

/** Writes run.json in one move, readable by its owner only: it holds every secret. */
export function writeRunFile(dataDirectory: string, run: RunFile): void {
  const path = pathIn(dataDirectory)
  writeFileSync(`${path}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export function readRunFile(dataDirectory: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(pathIn(dataDirectory), 'utf8'))
  } catch {
    return undefined
  }
}

export function removeRunFile(dataDirectory: string): void {
  rmSync(pathIn(dataDirectory), { force: true })
}
