import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const OURS = /^aimake-work-(\d+)-/

/** A new folder for files that only this process needs. Whoever asks removes it; when the process is killed, the next worker's start does. */
export const tempFolder = (): Promise<string> => mkdtemp(join(tmpdir(), `aimake-work-${process.pid}-`))

/** Removes what killed workers left behind. Another process that has such a worker's number by now only makes it stay a while longer. */
export async function sweepTempFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(OURS.exec(name)?.[1])
    // Our own number too: in a container every worker has the same one.
    if (pid && (pid === process.pid || !isAlive(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
