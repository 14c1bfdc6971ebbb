import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { tempFolder } from '../temp-folder.ts'
import { feed, PgProgramFailed } from './pg-programs.ts'
import type { PgProgram } from './pg-programs.ts'

interface Restore {
  program: PgProgram
  /** The empty database it goes into. */
  url: string
  /** Opens the dump; it is read twice. */
  open: () => Promise<Readable>
  signal?: AbortSignal
}

/**
 * Fills an empty database from a dump that is streamed past memory and disk. All or nothing: one transaction. Everything belongs to whoever signs in.
 * What the owner would grant on tables of the future is left out: that may only be said by that owner, and is said again by `grantLater`.
 */
export async function restoreDump({ program, url, open, signal }: Restore): Promise<void> {
  const folder = await tempFolder()
  try {
    const list = join(folder, 'contents.txt')
    await writeFile(list, (await contentsOf(program, await open())).filter((line) => !/ DEFAULT ACL /.test(line)).join('\n'))
    const args = ['--no-password', '--no-owner', '--no-tablespaces', '--single-transaction', `--use-list=${list}`]
    await feed(program, await open(), { args, url, ...(signal && { signal }) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The table of contents of a dump, a line an entry. Throws when it is no dump. */
export async function contentsOf(program: PgProgram, dump: Readable): Promise<string[]> {
  const lines = (await feed(program, dump, { args: ['--list'], mayStopEarly: true })).split('\n')
  if (!lines.some((line) => / TABLE DATA /.test(line))) throw new PgProgramFailed('the dump holds no table')
  return lines
}

/** Lets the application use, but not own, what is made in this database later; said by the one who will make it. */
export const grantLater = (role: string): string => `
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${role}`
