import { hostname } from 'node:os'
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
 * Writes the one line of a request, told as the members of a JSON object. Nothing in it is looked for: whoever tells it says the marks, and blots out secrets by
 * `mask` in what others chose.
 */
export type RequestLine = (level: 'info' | 'error', members: string) => void

export interface Logs {
  logger: Logger
  requestLine: RequestLine
  mask: (text: string) => string
}

/**
 * JSON lines on standard output and, when there is one, to the shipper of logs; one set a process. What `logger` says tells of which request and episode it
 * is, and secrets and personal headers never leave it.
 */
export function createLogs(name: string, level: string, { shipper, secrets = [] }: LogTargets = {}): Logs {
  const stdout = gathering(pino.destination(1))
  const targets = shipper ? [stdout, shipper] : [stdout]
  const base = { pid: process.pid, hostname: hostname(), name }
  const mask = maskFor(secrets)
  const logger = pino(
    {
      base,
      level,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...marksHere() }),
      redact: {
        paths: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["x-api-key"]', '*.password', '*.secret'],
        remove: true,
      },
      hooks: { streamWrite: mask },
    },
    // Each target would judge levels again: the logger has done so.
    shipper ? pino.multistream(targets.map((stream) => ({ level: 'trace' as const, stream }))) : stdout,
  )
  return { logger, requestLine: requestLines(logger, base, targets), mask }
}

/** Put together here: the library's way takes a tenth of all that a kept answer takes, and most of that is for what these lines do not have. */
function requestLines(logger: Logger, base: object, targets: { write(line: string): void }[]): RequestLine {
  const who = JSON.stringify(base).slice(1, -1)
  return (level, members) => {
    if (!logger.isLevelEnabled(level)) return
    const line = `{"level":"${level}","time":"${timeNow()}",${who},${members}}\n`
    for (const target of targets) target.write(line)
  }
}

let [written, writtenMs] = ['', 0]

/** Of this millisecond: a busy process says a dozen lines in each, and to write a time takes a third of what a line takes. */
function timeNow(): string {
  const nowMs = Date.now()
  if (nowMs !== writtenMs) [written, writtenMs] = [new Date(nowMs).toISOString(), nowMs]
  return written
}

/** The logger of a process that answers no requests. */
export const createLogger = (...args: Parameters<typeof createLogs>): Logger => createLogs(...args).logger
