import { pino } from 'pino'
import type { Logger } from 'pino'

export type { Logger }

/** JSON lines on standard output, one logger a process; secrets and personal headers never leave it. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    messageKey: 'message',
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["x-api-key"]', '*.password', '*.secret'],
      remove: true,
    },
  })
}
