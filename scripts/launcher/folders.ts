import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const runsAsRoot = process.getuid?.() === 0

/** The user that Postgres runs as when the launcher is root: "nobody", which exists on every machine. */
export const unprivileged = { uid: 65534, gid: 65534 }

/** True when other users may pass through every folder down to `path` (as far as it exists). */
export function isOpenToOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return false
    if (folder === dirname(folder)) return true
  }
}

/**
 * Where downloaded programs are kept between starts and checkouts. As root it must be a place that
 * Postgres, running as another user, can reach: a closed one is answered with the system's cache folder.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  const asked = env.AIMAKE_CACHE_DIR ? resolve(env.AIMAKE_CACHE_DIR) : undefined
  if (runsAsRoot) return asked && isOpenToOthers(asked) ? asked : '/var/cache/aimake'
  return asked ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'aimake')
}

/** Makes the data folder and its parts, passable for the database's user, and gives its absolute path. */
export function openDataDirectory(path: string): string {
  mkdirSync(join(path, 'logs'), { recursive: true, mode: 0o755 })
  mkdirSync(join(path, 'pids'), { recursive: true, mode: 0o755 })
  if (runsAsRoot) chmodSync(path, 0o755)
  return path
}

/**
 * Where Postgres keeps its files: in the data folder, or, when root's data folder lies under a closed one
 * (such as root's home) which the database's user cannot pass, in a folder of its own that is remembered here.
 */
export function postgresDirectory(dataDirectory: string): string {
  const inside = join(dataDirectory, 'postgres')
  if (!runsAsRoot) return inside
  const note = join(dataDirectory, 'postgres-is-at.txt')
  if (existsSync(note)) return readFileSync(note, 'utf8').trim()
  if (isOpenToOthers(dataDirectory)) return inside
  const outside = `/var/lib/aimake/${randomBytes(6).toString('hex')}/postgres`
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 })
  writeFileSync(note, `${outside}\n`)
  return outside
}
