import { pino } from 'pino'
import type { Logger } from 'pino'
import { maskFor } from './watching/mask.ts'
import { marksHere } from './watching/marks.ts'

export type { Logger }

/** What a logger writes to besides standard output, and which values it must never write. */
export interface LogTargets {
  shipper?: { write(line: string): void } | undefined
  secrets?: readonly string[]
}

/** Lines wait so long for others to be written with: most of what a line costs is writing it. An exit loses none of them. */
const GATHER_MS = 10

function gathering(stdout: ReturnType<typeof pino.destination>) {
  let waiting = ''
  const writeNow = () => {
    if (waiting) stdout.write(waiting)
    waiting = ''
  }
  process.on('exit', writeNow)
  return {
    write(line: string) {
      if (!waiting) setTimeout(writeNow, GATHER_MS)
      waiting += line
    },
    flushSync() {
      writeNow()
      stdout.flushSync()
    },
  }
}

/**
 * JSON lines on standard output and, when there is one, to the shipper of logs; one logger a process. Every line says of which request and
 * episode it is; secrets and personal headers never leave it.
 */
export function createLogger(name: string, level: string, { shipper, secrets = [] }: LogTargets = {}): Logger {
  const stdout = gathering(pino.destination(1))
  // Each target would judge levels again: the logger has done so.
  const target = shipper ? pino.multistream([stdout, shipper].map((stream) => ({ level: 'trace' as const, stream }))) : stdout
  return pino(
    {
      name,
      level,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...marksHere() }),
      redact: {
        paths: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["x-api-key"]', '*.password', '*.secret'],
        remove: true,
      },
      hooks: { streamWrite: maskFor(secrets) },
    },
    target,
  )
}
