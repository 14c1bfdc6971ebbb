import type { Marks } from './marks.ts'
import { marksHere } from './marks.ts'
import { scrubbed } from './scrub.ts'

/** Where somebody is told of errors nobody foresaw, and how long work takes. Nothing here throws or waits. */
export interface ErrorReports {
  report(error: unknown): void
  /** Runs a piece of work as a trace of its own. */
  trace<T>(name: string, work: () => Promise<T>): Promise<T>
  /** What the request at hand is called, and what it is found by. */
  nameRequest(name: string): void
  markRequest(marks: Marks): void
  /** Sends what waits, for two seconds at most. */
  close(): Promise<void>
}

/** Nobody is told. */
export const noReports: ErrorReports = {
  report: () => undefined,
  trace: (_name, work) => work(),
  nameRequest: () => undefined,
  markRequest: () => undefined,
  close: async () => undefined,
}

export interface ReportSettings {
  SENTRY_DSN?: string | undefined
  SENTRY_TRACES_RATE: number
  SENTRY_PROFILES_RATE: number
  RELEASE?: string | undefined
  ENVIRONMENT: string
}

const tags = ({ requestId, episodeId }: Marks) => ({
  ...(requestId && { request_id: requestId }),
  ...(episodeId && { episode_id: episodeId }),
})

/**
 * Of Sentry's own watchers those that look at errors and at requests as wholes. Those of single statements, commands and calls take two fifths of what
 * the API can answer, for nine requests in ten that are not kept (`npm run bench:watching`).
 */
const kept = new Set([
  'EventFilters',
  'FunctionToString',
  'LinkedErrors',
  'Dedupe',
  'NodeSystemError',
  'ContextLines',
  'Context',
  'Modules',
  'Http',
  // An error that nobody caught still ends the process; a promise that nobody waited for is logged by Node.
  'OnUncaughtException',
  'OnUnhandledRejection',
])

/** Reports to Sentry when it has an address. Loaded only then: it takes a second to load. */
export async function startErrorReports(part: 'api' | 'worker', settings: ReportSettings): Promise<ErrorReports> {
  const { SENTRY_DSN: dsn, ENVIRONMENT: environment, RELEASE: release } = settings
  if (!dsn) return noReports
  const [sentry, { nodeProfilingIntegration }] = await Promise.all([import('@sentry/node'), import('@sentry/profiling-node')])
  sentry.init({
    dsn,
    environment,
    ...(release && { release }),
    tracesSampleRate: settings.SENTRY_TRACES_RATE,
    // Whole traces, so that all of one passes the scrubber.
    traceLifecycle: 'static',
    profileSessionSampleRate: settings.SENTRY_PROFILES_RATE,
    profileLifecycle: 'trace',
    initialScope: { tags: { part } },
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [], urlQueryParams: false },
    maxBreadcrumbs: 0,
    // Other companies' servers need not know how we trace.
    tracePropagationTargets: [],
    integrations: (usual) => [...usual.filter(({ name }) => kept.has(name)), nodeProfilingIntegration()],
    beforeSend: scrubbed,
    beforeSendTransaction: scrubbed,
  })
  return {
    report: (error) => void sentry.captureException(error, { tags: tags(marksHere()) }),
    trace: (name, work) =>
      sentry.withIsolationScope((scope) => {
        scope.setTags(tags(marksHere())).setTransactionName(name)
        return sentry.startSpan({ name, op: part, forceTransaction: true }, work)
      }),
    nameRequest: (name) => {
      sentry.getIsolationScope().setTransactionName(name)
      const span = sentry.getActiveSpan()
      if (span) sentry.updateSpanName(sentry.getRootSpan(span), name)
    },
    markRequest: (marks) => void sentry.getIsolationScope().setTags(tags(marks)),
    close: async () => void (await sentry.close(2000)),
  }
}
