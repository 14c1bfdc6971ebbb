import { spawn } from 'node:child_process'
import { expect } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import type { Product, Run } from './launch.ts'
import type { Person } from './person.ts'
import { rows } from './store.ts'

export type Backup = components['schemas']['BackupDetail']

export const bucketOfBackups = ({ settings }: Run) =>
  new ObjectStore({ S3_REGION: 'auto', ...settings, S3_BUCKET: settings['BACKUP_BUCKET'] } as unknown as ObjectStoreSettings)

/** Everything in the bucket of backups that begins so. */
export async function keysOf(run: Run, prefix = ''): Promise<string[]> {
  const bucket = bucketOfBackups(run)
  try {
    return await Array.fromAsync(bucket.keys(prefix))
  } finally {
    bucket.close()
  }
}

export const orderBackup = (admin: Person) => admin.ok<Backup>('POST', '/api/admin/backups')

/** Waits for the end of a backup and answers it. */
export async function ended(admin: Person, id: string, withinMs = 90_000): Promise<Backup> {
  let backup: Backup | undefined
  const look = async () => {
    backup = await admin.ok<Backup>('GET', `/api/admin/backups/${id}`)
    return backup.endedAt !== null && !backup.isDrilling
  }
  await expect.poll(look, { timeout: withinMs, interval: 200 }).toBe(true)
  return backup!
}

/** What a backup may leave behind, whatever became of it: nothing under a temporary name, and no scratch database. */
export async function leftBehind(run: Run): Promise<string[]> {
  const scratch = await rows<{ datname: string }>(run, `SELECT datname FROM pg_database WHERE datname LIKE 'aimake_drill_%'`)
  return [...(await keysOf(run, 'incoming/')), ...scratch.map(({ datname }) => datname)]
}

/** Runs one of the two commands as a person does; `typed` is what they type. */
export function command(
  { dataDirectory }: Product,
  script: 'backup' | 'restore',
  args: string[],
  { typed = '', env = {} }: { typed?: string; env?: Record<string, string> } = {},
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
    env: { PATH: process.env.PATH, AIMAKE_DATA_DIR: dataDirectory, TMPDIR: dataDirectory, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  child.stdin.end(typed)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}
