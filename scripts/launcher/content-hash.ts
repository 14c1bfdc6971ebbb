import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const notSources = new Set(['node_modules', 'dist', 'generated'])

function* filesBelow(path: string): Generator<string> {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) return yield path
  for (const name of readdirSync(path).sort()) if (!notSources.has(name)) yield* filesBelow(join(path, name))
}

/** One hash over the names and contents of these files and folders, and over `more`; what is missing is left out. File times play no part. */
export function contentHash(checkout: string, paths: string[], more = ''): string {
  const hash = createHash('sha256').update(more)
  for (const path of paths)
    for (const file of filesBelow(join(checkout, path)))
      hash
        .update(`${file.slice(checkout.length)}\0`)
        .update(readFileSync(file))
        .update('\0')
  return hash.digest('hex')
}

/** True when the file at `marker` holds this hash. */
export function isMarked(marker: string, hash: string): boolean {
  return existsSync(marker) && readFileSync(marker, 'utf8') === hash
}
