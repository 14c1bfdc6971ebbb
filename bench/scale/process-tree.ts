import { readFileSync, readdirSync } from 'node:fs'

const TICK_MS = 10
const PAGE_MB = 4096 / 1024 / 1024

interface Stat {
  pid: number
  parent: number
  cpuMs: number
  residentMb: number
}

function statOf(pid: string): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    // utime, stime and those of children that have ended.
    const cpuMs = fields.slice(11, 15).reduce((sum, field) => sum + Number(field) * TICK_MS, 0)
    return { pid: Number(pid), parent: Number(fields[1]), cpuMs, residentMb: Number(fields[21]) * PAGE_MB }
  } catch {
    // It has ended since it was listed.
    return undefined
  }
}

/** What each of these processes, and all that it has started, took of the cores until now, and holds of memory. */
export function usageOf<N extends string>(pids: Record<N, number[]>): Record<N, { cpuMs: number; residentMb: number }> {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid) ?? [])
  const tree = (pid: number): Stat[] => [
    ...all.filter((one) => one.pid === pid),
    ...all.filter(({ parent }) => parent === pid).flatMap((child) => tree(child.pid)),
  ]
  const sums = Object.entries<number[]>(pids).map(([name, roots]) => {
    const used = roots.flatMap(tree)
    return [
      name,
      {
        cpuMs: used.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        residentMb: used.reduce((sum, { residentMb }) => sum + residentMb, 0),
      },
    ]
  })
  return Object.fromEntries(sums) as Record<N, { cpuMs: number; residentMb: number }>
}
