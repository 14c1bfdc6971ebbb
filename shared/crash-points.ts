import { writeSync } from 'node:fs'

/**
 * The places between two things that cannot be one: where a process that dies would lose or pay something, were it not prepared. Each is
 * passed by one line of code, which does nothing unless a test has asked for a death there.
 */
export const crashPoints = {
  api: ['order.written', 'outbox.held', 'outbox.sent', 'outbox.marked'],
  worker: [
    'object.begun',
    'object.put',
    'object.done',
    'script.opened',
    'script.answered',
    'script.stored',
    'script.settled',
    'outline.committed',
    'section.committed',
    'speech.opened',
    'speech.answered',
    'speech.stored',
    'speech.kept',
    'speech.settled',
    'segment.stored',
    'segment.committed',
    'm4a.made',
    'render.stored',
    'render.committed',
    'settle.committed',
  ],
  /** Of the worker too, passed by a backup only. */
  backup: [
    'backup.begun',
    'backup.dumping',
    'backup.uploaded',
    'backup.dumped',
    'backup.restored',
    'backup.drilled',
    'backup.copied',
    'backup.signed',
    'backup.verified',
    'backup.deleting',
    'backup.ended',
  ],
} as const

export type CrashPoint = (typeof crashPoints)['api' | 'worker' | 'backup'][number]

/** What a dying process says last, so that whoever watches knows where it was. */
export const CRASH_WORDS = 'crashed at '
/** Long enough for the next step to begin, too short for it to end. */
const A_MOMENT_MS = 4

let wanted: ReadonlySet<string> = new Set()

/** From now on this process dies at the first of these it comes to: at the very point, or with a `+` behind its name in the middle of what follows. */
export function planCrashes(points: readonly string[]): void {
  const known: readonly string[] = [...crashPoints.api, ...crashPoints.worker, ...crashPoints.backup]
  const strange = points.filter((point) => !known.includes(point.replace('+', '')))
  if (strange.length > 0) throw new Error(`no such crash point: ${strange.join(', ')}`)
  wanted = new Set(points)
}

/** Passes a crash point. */
export function passing(point: CrashPoint): void {
  if (wanted.size === 0) return
  if (wanted.has(point)) die(point)
  else if (wanted.has(`${point}+`)) setTimeout(die, A_MOMENT_MS, `${point}+`)
}

function die(point: string): void {
  writeSync(2, `${CRASH_WORDS}${point}\n`)
  process.kill(process.pid, 'SIGKILL')
}
