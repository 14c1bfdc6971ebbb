import { Counter } from 'prom-client'

const errors = new Counter({
  name: 'aimake_database_connection_errors_total',
  help: 'Connections to the database that could not be made, or broke.',
})

/** Counts a connection that could not be made, or broke. */
export const databaseConnectionFailed = (): void => errors.inc()
