import { createDatabase } from '../prisma/client.ts'
import type { Database } from '../prisma/client.ts'
import { asHouse, whoAsks } from '../prisma/identity.ts'
import { Replica } from '../prisma/replica.ts'
import { planCrashes } from '../shared/crash-points.ts'
import { createLogs } from '../shared/logger.ts'
import type { Logger } from '../shared/logger.ts'
import { ObjectStore } from '../shared/object-store.ts'
import { createRedis } from '../shared/redis.ts'
import { databaseConnectionFailed } from '../shared/watching/database-errors.ts'
import type { ErrorReports } from '../shared/watching/error-reports.ts'
import { watchShipper } from '../shared/watching/log-metrics.ts'
import type { LogShipper } from '../shared/watching/log-shipper.ts'
import { openMetricsDoor, watchProcess } from '../shared/watching/metrics-door.ts'
import { testServersOf } from '../shared/safe-fetch/settings.ts'
import { secretsOf } from '../shared/watching/settings.ts'
import { createApp } from './app.ts'
import type { ApiSettings } from './env.ts'
import { EpisodeEvents } from './episodes/episode-events.ts'
import { renewSecondFactors } from './http/second-factor-secrets.ts'
import { createDoor } from './http/server.ts'
import { Lane } from './lane.ts'
import { Outbox } from './outbox.ts'
import { Reads } from './reads.ts'
import { Orders } from './temporal.ts'
import { lookAtHouse } from './watching/house-gauges.ts'
import type { HouseNews } from './watching/house-gauges.ts'

const CONNECTIONS = 10
/** Lists and reports are most of what is asked, and each is several questions. */
const REPLICA_CONNECTIONS = 10
/** What falls back on the writer while the replica is away: so many at once, so many who wait, and for so long. */
const FALLBACK = { width: 3, waiters: 30, patienceMs: 2000 }
/** How long requests in flight may take to end after a stop is asked for. */
const GRACE_MS = 5000

/** Who is told how it goes; the log lines of the API go to the shipper too. */
export interface Watchers {
  reports: ErrorReports
  shipper: LogShipper | undefined
}

/** Opens the API's door, and closes it when the process is asked to end. Once a process: its metrics are the process's. */
export async function startApi(settings: ApiSettings, { reports, shipper }: Watchers): Promise<void> {
  const testServers = testServersOf(settings)
  if (settings.ENVIRONMENT !== 'production') planCrashes(settings.CRASH_AT)
  const logs = createLogs('api', settings.LOG_LEVEL, { shipper, secrets: secretsOf(settings) })
  const { logger } = logs
  const db = createDatabase(settings.DATABASE_URL, CONNECTIONS, {
    onConnectionError: () => databaseConnectionFailed(logger),
    who: whoAsks,
  })
  const redis = createRedis(settings.REDIS_URL, (error) => logger.warn({ err: error }, 'redis is away'))
  const store = new ObjectStore(settings)
  const orders = Orders.create()
  const outbox = new Outbox(db, orders, logger)
  const events = new EpisodeEvents(db, redis, logger, {
    heartbeatMs: settings.LISTENER_HEARTBEAT_SECONDS * 1000,
    patienceMs: settings.LISTENER_PATIENCE_SECONDS * 1000,
  })
  const reads = new Reads({ db, redis, logger, replica: await replicaOf(settings, db, logger) })
  const app = createApp({ settings, logs, db, reads, redis, store, orders, outbox, events, testServers, reports })
  const server = createDoor(app, { maxConnections: settings.MAX_CONNECTIONS })

  server.listen(settings.PORT, settings.HOST, () => logger.info({ port: settings.PORT }, 'the door is open'))
  server.on('error', (error) => {
    logger.fatal({ err: error }, 'the door does not open')
    process.exit(1)
  })
  outbox.startSweeping()
  void asHouse(() => renewSecondFactors(db, settings.JWT_SECRET, settings.JWT_SECRET_PREVIOUS)).then(
    (count) => count > 0 && logger.info({ count }, 'second factors are encrypted anew'),
    (error: unknown) => logger.error({ err: error }, 'second factors are still of the secret before: restart while both are set'),
  )
  watchProcess()
  watchShipper(shipper)
  const metricsPort = settings.METRICS_PORT ?? (settings.ENVIRONMENT === 'production' ? 9091 : undefined)
  const metrics =
    metricsPort === undefined
      ? undefined
      : openMetricsDoor({ port: metricsPort, host: settings.HOST }, { look: () => asHouse(() => lookAtHouse(db)) })
  // Who watches by logs alone is told by a line a minute.
  const tellHouse = (house?: HouseNews) => house && logger.info({ event: 'house', ...house }, 'the house')
  const news = shipper && setInterval(() => void asHouse(() => lookAtHouse(db)).then(tellHouse), 60_000)
  metrics?.on('error', (error) => logger.error({ err: error }, 'nobody can read the metrics'))

  /** New connections are refused, requests in flight end, then everything is let go. */
  const stop = async (signal: string): Promise<void> => {
    logger.info({ signal }, 'the door closes')
    const closed = new Promise((resolve) => server.close(resolve))
    events.close()
    server.closeIdleConnections()
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, GRACE_MS))])
    server.closeAllConnections()
    await outbox.stop()
    await Promise.allSettled([orders.close(), reads.close(), db.$disconnect(), redis.quit()])
    store.close()
    metrics?.close()
    clearInterval(news)
    await Promise.all([reports.close(), shipper?.close()])
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal))
}

/** Watched from the start; the door opens whether it is there or not. */
async function replicaOf({ DATABASE_URL, DATABASE_REPLICA_URL }: ApiSettings, db: Database, logger: Logger) {
  if (!DATABASE_REPLICA_URL) return undefined
  const copy = new Replica(DATABASE_REPLICA_URL, REPLICA_CONNECTIONS, db, (state, reason) =>
    logger[state === 'here' ? 'info' : 'warn']({ reason }, `the replica is ${state}`),
  )
  await copy.watch()
  return { copy, fallback: createDatabase(DATABASE_URL, FALLBACK.width, { who: whoAsks }), lane: new Lane(FALLBACK) }
}
