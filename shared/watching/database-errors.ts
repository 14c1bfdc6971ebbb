import { Counter } from 'prom-client'
import type { Logger } from 'pino'

const errors = new Counter({
  name: 'aimake_database_connection_errors_total',
  help: 'Connections to the database that could not be made, or broke.',
})

/** Counts, and says, that a connection could not be made or broke. */
export function databaseConnectionFailed(logger: Logger): void {
  errors.inc()
  logger.warn({ event: 'database-away' }, 'a connection to the database could not be made, or broke')
}
