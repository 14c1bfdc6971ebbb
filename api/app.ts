import { existsSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import express from 'express'
import type { Express } from 'express'
import type { Redis } from 'ioredis'
import type { Database } from '../prisma/client.ts'
import { asHouse } from '../prisma/identity.ts'
import type { Logs } from '../shared/logger.ts'
import { noReports } from '../shared/watching/error-reports.ts'
import type { ErrorReports } from '../shared/watching/error-reports.ts'
import type { ObjectStore } from '../shared/object-store.ts'
import { neuralVoiceTold } from '../shared/neural-presence.ts'
import { providersOn, scriptModelOn } from '../shared/providers.ts'
import { accountRoutes } from './account/account.routes.ts'
import type { NamedServers } from '../shared/safe-fetch/safe-url.ts'
import { adminEpisodeRoutes } from './admin/admin-episodes.routes.ts'
import { adminUsageLogRoutes } from './admin/admin-usage-logs.routes.ts'
import { adminUserRoutes } from './admin/admin-users.routes.ts'
import { auditLogRoutes } from './admin/audit-log.routes.ts'
import { providerRoutes } from './admin/providers.routes.ts'
import { backupRoutes } from './backups/backups.routes.ts'
import { dashboardRoutes } from './dashboard/dashboard.routes.ts'
import { docsPage, docsPolicy } from './docs/docs-page.ts'
import type { ApiDocument } from './docs/docs-page.ts'
import type { ApiSettings } from './env.ts'
import { AppendService } from './episodes/append.service.ts'
import type { EpisodeEvents } from './episodes/episode-events.ts'
import { episodeRoutes } from './episodes/episodes.routes.ts'
import { EpisodeService } from './episodes/episodes.service.ts'
import { RetryService } from './episodes/retry.service.ts'
import { lineRoutes } from './episodes/line.routes.ts'
import { scriptRoutes } from './episodes/script.routes.ts'
import { ScriptService } from './episodes/script.service.ts'
import { featuredRoutes } from './featured/featured.routes.ts'
import { healthChecks } from './health/health-checks.ts'
import { healthRoutes } from './health/health.routes.ts'
import { callerOf, createAuth } from './http/auth.ts'
import { authDoor } from './http/auth-door.ts'
import { cors } from './http/cors.ts'
import { countAddress, knowAddress } from './http/count-address.ts'
import { answerErrors, notFound } from './http/errors.ts'
import { beforeExpress } from './http/in-turn.ts'
import { quotasOf } from './http/limit-settings.ts'
import { Kept } from './http/kept.ts'
import { Limits } from './http/limits.ts'
import { OpenStreams } from './http/open-streams.ts'
import { jsonReader } from './http/json-body.ts'
import { mountRoutes } from './http/mount.ts'
import { acceptOldSecret } from './http/old-secret.ts'
import { openApiDocument } from './http/openapi.ts'
import { shedOverload } from './http/overload.ts'
import { fromOwnPages } from './http/own-pages.ts'
import { packedFiles } from './http/packed-files.ts'
import { requestContext } from './http/request-context.ts'
import type { Route } from './http/route.ts'
import { securityHeaders } from './http/security-headers.ts'
import { keyRoutes } from './keys/keys.routes.ts'
import { listeningRoutes } from './listening/listening.routes.ts'
import { post } from './mail/letters.repo.ts'
import { noticeRoutes } from './notices/notices.routes.ts'
import type { Outbox } from './outbox.ts'
import { adminPriceRoutes } from './prices/admin-prices.routes.ts'
import { pronunciationRoutes } from './pronunciations/pronunciations.routes.ts'
import { PronunciationService } from './pronunciations/pronunciations.service.ts'
import type { Reads } from './reads.ts'
import { reconcileRoutes } from './reconcile/reconcile.routes.ts'
import { scheduleRoutes } from './schedules/schedules.routes.ts'
import { sessionRoutes } from './session/session.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { shareRoutes } from './shares/shares.routes.ts'
import { feedRoutes } from './shows/feed.routes.ts'
import { showRoutes } from './shows/shows.routes.ts'
import { ShowService } from './shows/shows.service.ts'
import { sourceRoutes } from './sources/sources.routes.ts'
import { SourceService } from './sources/sources.service.ts'
import { UploadService } from './sources/uploads.service.ts'
import type { Orders } from './temporal.ts'
import { adminSpendingRoutes } from './usage/admin-spending.routes.ts'
import { usageRoutes } from './usage/usage.routes.ts'
import { adminVoiceRoutes } from './voices/admin-voices.routes.ts'
import { VoiceService } from './voices/voices.service.ts'
import { voiceRoutes } from './voices/voices.routes.ts'
import { webhookRoutes } from './webhooks/webhooks.routes.ts'
import { WebhookService } from './webhooks/webhooks.service.ts'
import { requestWatch } from './watching/request-watch.ts'

export interface AppDeps {
  settings: ApiSettings
  logs: Logs
  db: Database
  /** Where lists and reports are read. */
  reads: Reads
  redis: Redis
  store: ObjectStore
  orders: Orders
  outbox: Outbox
  events: EpisodeEvents
  /** Where links may lead in tests and development, though it is inside. */
  testServers: NamedServers
  reports?: ErrorReports
}

const BODY_LIMIT = '2mb'
const root = join(import.meta.dirname, '..')

/** The door on one screen. */
export function createApp(deps: AppDeps): RequestListener {
  const { settings } = deps
  const { logger } = deps.logs
  const auth = createAuth(deps.db, settings, logger)
  const kept = new Kept(deps.redis, logger)
  const limits = new Limits(deps.redis, quotasOf(settings), logger)
  const routes = createRoutes(deps, auth)
  const whoCalls = (req: express.Request) => callerOf(auth, deps.db, settings, req)
  const app = express()
  app.disable('x-powered-by').disable('etag').set('trust proxy', settings.TRUSTED_PROXIES)
  const answer = beforeExpress(
    app,
    requestContext(deps.logs),
    requestWatch(deps.reports ?? noReports),
    securityHeaders(settings),
    cors(settings.CORS_ORIGINS),
    knowAddress(settings.TRUSTED_PROXIES),
    countAddress(limits, kept),
  )
  app.use(shedOverload({ requests: settings.MAX_REQUESTS, listeners: settings.MAX_LISTENERS }))
  app.use('/api', fromOwnPages([new URL(settings.PUBLIC_URL).origin, ...settings.CORS_ORIGINS]))
  app.use(acceptOldSecret(settings.JWT_SECRET, settings.JWT_SECRET_PREVIOUS))
  // The console has its own ways to do what Better Auth's plugin offers here: audited, and with support that only reads.
  app.all('/api/auth/admin/{*any}', notFound)
  // Better Auth reads the body itself, so it stands before the JSON reader.
  const signIn = authDoor({ auth, kept, limits, callerOf: whoCalls, post: (letter) => post(deps.db, deps.outbox, letter) })
  app.all('/api/auth/{*any}', (req, res, next) => asHouse(() => signIn(req, res, next)))
  mountRoutes(app, routes, {
    callerOf: whoCalls,
    kept,
    limits,
    streams: new OpenStreams({ each: settings.MAX_LISTENERS_EACH, recheckMs: settings.LISTENER_RECHECK_SECONDS * 1000 }),
    readBody: jsonReader(BODY_LIMIT),
    wrote: (userId) => deps.reads.wrote(userId),
  })
  const document = openApiDocument(routes)
  app.get('/openapi.json', (_req, res) => void res.json(document))
  const docs = docsPage(JSON.parse(JSON.stringify(document)) as ApiDocument)
  app.get('/docs', (_req, res) => void res.set('content-security-policy', docsPolicy).type('html').send(docs))
  app.use('/api', notFound)
  servePages(app, '/admin', join(root, 'admin/dist'))
  servePages(app, '/', join(root, 'web/dist'))
  app.use(notFound)
  app.use(answerErrors)
  return answer
}

/** Every route of the API, in the order of the document. */
export function createRoutes(deps: AppDeps, auth: ReturnType<typeof createAuth>): Route[] {
  const { db, reads, redis, store, orders, outbox, events, testServers, settings } = deps
  const isNeuralVoiceHere = neuralVoiceTold(redis)
  const providers = async () => [...providersOn(settings), ...((await isNeuralVoiceHere()) ? ['neural'] : [])]
  const review = { waitSeconds: settings.REVIEW_SECONDS, noticeSeconds: settings.REVIEW_NOTICE_SECONDS }
  const sources = new SourceService({
    db,
    store,
    outbox,
    testServers,
    hasTopics: scriptModelOn(settings) !== undefined || settings.SEARXNG_URL !== undefined,
    hasSearch: settings.SEARXNG_URL !== undefined,
  })
  const episodes = new EpisodeService({
    db,
    redis,
    outbox,
    sources,
    undoSeconds: settings.UNDO_SECONDS,
    review,
    providers,
    scriptModel: scriptModelOn(settings),
  })
  const voices = new VoiceService({ db, store, outbox, providers })
  const workflowUrl = (workflowId: string, runId: string | null) =>
    settings.TEMPORAL_UI_URL
      ? `${settings.TEMPORAL_UI_URL.replace(/\/$/, '')}/namespaces/${orders.namespace}/workflows/${encodeURIComponent(workflowId)}${runId ? `/${runId}/history` : ''}`
      : null
  const checks = healthChecks({ db, redis, store, orders })
  const publicUrl = settings.PUBLIC_URL.replace(/\/$/, '')
  const isProduction = settings.ENVIRONMENT === 'production'
  return [
    ...healthRoutes(checks),
    ...sessionRoutes(auth, settings),
    ...accountRoutes({ db, store, outbox }),
    ...keyRoutes({ db, outbox }),
    ...episodeRoutes({ db, reads, store, episodes, events }),
    ...listeningRoutes({ db, reads, episodes }),
    ...scriptRoutes({
      db,
      episodes,
      scripts: new ScriptService({ db, redis, outbox, providers, reviewSeconds: review.waitSeconds }),
      appends: new AppendService({ db, redis, outbox, providers, episodes, sources, review }),
    }),
    ...lineRoutes({ db, store, episodes }),
    ...sourceRoutes(sources, new UploadService(db, store)),
    ...usageRoutes({ db, reads, redis, outbox, episodes }),
    ...searchRoutes(reads),
    ...webhookRoutes(reads, new WebhookService({ db, outbox, privateHosts: new Set(settings.WEBHOOK_PRIVATE_HOSTS) })),
    ...showRoutes({ reads, store, shows: new ShowService({ db, store, publicUrl, isProduction }) }),
    ...feedRoutes({ db, store, publicUrl }),
    ...shareRoutes({ db, store, episodes, publicUrl, mediaOrigins: mediaOrigins(settings) }),
    ...featuredRoutes(db),
    ...pronunciationRoutes(db, new PronunciationService({ db, redis, outbox, providers })),
    ...voiceRoutes(voices),
    ...noticeRoutes(db),
    ...dashboardRoutes({ db, orders, checks, alertmanagerUrl: settings.ALERTMANAGER_URL }),
    ...adminEpisodeRoutes({
      db,
      reads,
      redis,
      outbox,
      episodes,
      workflowUrl,
      retries: new RetryService({ db, redis, outbox, providers, review }),
    }),
    ...adminUserRoutes({ db, reads, outbox }),
    ...adminUsageLogRoutes({ db, reads }),
    ...adminPriceRoutes(db),
    ...providerRoutes({ db, redis, outbox, providers }),
    ...adminVoiceRoutes(db, voices),
    ...adminSpendingRoutes({ db, reads, outbox }),
    ...reconcileRoutes({ db, reads, outbox, workflowUrl }),
    ...scheduleRoutes({ db, orders, workflowUrl }),
    ...auditLogRoutes(reads),
    ...backupRoutes({ db, outbox, workflowUrl }),
  ]
}

/** Where sound lies. */
const mediaOrigins = ({ S3_ENDPOINT, CDN_URL }: ApiSettings): string[] =>
  [S3_ENDPOINT, CDN_URL].flatMap((address) => (address ? [new URL(address).origin] : []))

/** A built page app: its assets for ever, its page never cached, every address inside it the same page. */
function servePages(app: Express, base: string, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) return
  app.use(base, packedFiles(folder), express.static(folder, { index: false, setHeaders: cacheAssets }))
  const page = (_req: express.Request, res: express.Response) => {
    res.set('cache-control', 'no-cache').sendFile(join(folder, 'index.html'))
  }
  app.get(base, page)
  // Files that do not exist are not pages: an old asset's address must not answer with HTML.
  app.get(new RegExp(`^${base === '/' ? '' : base}/(?!api/|assets/|health|openapi)[^.]*$`), page)
}

function cacheAssets(res: express.Response, path: string): void {
  res.set('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
}
