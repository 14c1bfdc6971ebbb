import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Stops a server and everything it has started, as a machine that hangs does: connections stay open and nobody answers. Then lets it go on. */
export async function frozenFor(pid: number, ms: number): Promise<void> {
  const tree = [pid, ...descendants(pid)]
  for (const one of tree) send(one, 'SIGSTOP')
  try {
    await sleep(ms)
  } finally {
    for (const one of tree.toReversed()) send(one, 'SIGCONT')
  }
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)
  return children.flatMap((child) => [child, ...descendants(child)])
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1])
  } catch {
    return undefined
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}
