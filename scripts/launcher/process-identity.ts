import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/** A process told apart from a later one with the same number: when it began and what program it is. */
export type ProcessIdentity = { pid: number; startedAt: string; program: string }

/** The start time in the text of /proc/PID/stat, in ticks since the machine started; undefined for a process that has ended and waits to be reaped. */
export function startTicks(stat: string): string | undefined {
  // The name stands in brackets and may itself hold brackets and spaces: fields are counted after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

function identifyOnLinux(pid: number): ProcessIdentity | undefined {
  const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (!ticks) return undefined
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  return { pid, startedAt: `${boot} ${ticks}`, program: programOf(pid) }
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '')
  } catch {
    return ''
  }
}

function identifyByPs(pid: number): ProcessIdentity | undefined {
  const [, startedAt = '', program = ''] =
    /^(.{24})\s+(.*)$/m.exec(execFileSync('ps', ['-o', 'lstart=,comm=', '-p', String(pid)], { encoding: 'utf8' })) ?? []
  return startedAt ? { pid, startedAt, program: program.trim() } : undefined
}

/** Who has this process number now; undefined when nobody does. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    return process.platform === 'linux' ? identifyOnLinux(pid) : identifyByPs(pid)
  } catch {
    return undefined
  }
}

/** True while the very process that was recorded lives; false when its number went to another one. */
export function stillLives(recorded: ProcessIdentity): boolean {
  const now = identify(recorded.pid)
  return now !== undefined && now.startedAt === recorded.startedAt && now.program === recorded.program
}
