import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { identify, stillLives } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

/** Held by `holder`, a living process. */
export class LockHeld extends Error {
  readonly holder: ProcessIdentity
  constructor(path: string, holder: ProcessIdentity) {
    super(`${path} is held by process ${holder.pid}`)
    this.holder = holder
  }
}

const read = (path: string): ProcessIdentity | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Takes the lock at `path` for this process and gives the function that releases it.
 * Throws `LockHeld` while a living process has it; a lock whose holder died is taken over.
 */
export function takeLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true })
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify(identify(process.pid)), { mode: 0o600 })
  try {
    for (;;) {
      try {
        // A link appears whole or not at all, so nobody ever reads a half-written lock.
        linkSync(mine, path)
        return () => rmSync(path, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = read(path)
      if (holder && stillLives(holder)) throw new LockHeld(path, holder)
      setAside(path, `${mine}.dead`)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Moves a dead lock away; when another process put its living lock there in between, puts that one back. */
function setAside(path: string, aside: string): void {
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = read(aside)
  if (moved && stillLives(moved)) linkSync(aside, path)
  rmSync(aside, { force: true })
}

/** Like `takeLock`, but waits for the holder; `onWait` is told once who it is. */
export async function waitForLock(
  path: string,
  onWait: (holder: ProcessIdentity) => void,
  signal?: AbortSignal,
): Promise<() => void> {
  for (let told = false; ;) {
    signal?.throwIfAborted()
    try {
      return takeLock(path)
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error
      if (!told) onWait(error.holder)
      told = true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
