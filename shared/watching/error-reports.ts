import type { Marks } from './marks.ts'
import { marksHere } from './marks.ts'
import { scrubbed } from './scrub.ts'

/** Where somebody is told of errors nobody foresaw, and how long work takes. Nothing here throws or waits. */
export interface ErrorReports {
  /** `at`: what was being done, by a name without anybody's words. */
  report(error: unknown, at?: string): void
  /** Runs a piece of work as a trace of its own. */
  trace<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Begins the trace of a request, if this one is among those that are kept: the others cost nothing. */
  request(): TracedRequest | undefined
  /** Sends what waits, for two seconds at most. */
  close(): Promise<void>
}

export interface TracedRequest {
  end(name: string, status: number): void
}

/** Nobody is told. */
export const noReports: ErrorReports = {
  report: () => undefined,
  trace: (_name, work) => work(),
  request: () => undefined,
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
 * Of Sentry's own watchers those that look at errors. Those of requests, statements and commands look at all of them, at the nine in ten too that are
 * not kept, and take half of what the API can answer (`npm run bench:watching`): requests are traced here, by `request`. Those of the machine's memory and
 * of the packages loaded look at every trace, and say what a release says.
 */
const kept = [
  'EventFilters',
  'FunctionToString',
  'LinkedErrors',
  'Dedupe',
  'NodeSystemError',
  'ContextLines',
  // An error that nobody caught still ends the process; a promise that nobody waited for is logged by Node.
  'OnUncaughtException',
  'OnUnhandledRejection',
]
/** A deed lasts long enough to be told what it asked of whom. */
const keptOf = { api: new Set(kept), worker: new Set([...kept, 'Http']) }
/** Marks what was taken already, and is not to be drawn for again. */
const TAKEN = 'aimake.taken'
/** Below the minute after which Sentry begins a profile anew by itself. */
const PROFILE_MS = 50_000

/**
 * Profiles a share of this process's time, piece by piece. Sentry itself draws once for all the life of a process, and one that is profiled may
 * lose a sixth of what it can do. Returns its end.
 */
function profileAtTimes(
  { startProfiler, stopProfiler }: { startProfiler(): void; stopProfiler(): void },
  share: number,
): () => void {
  if (share === 0) return () => undefined
  const draw = () => {
    stopProfiler()
    if (Math.random() < share) startProfiler()
  }
  draw()
  const timer = setInterval(draw, PROFILE_MS).unref()
  return () => {
    clearInterval(timer)
    stopProfiler()
  }
}

/** Reports to Sentry when it has an address. Loaded only then: it takes a second to load. */
export async function startErrorReports(part: 'api' | 'worker', settings: ReportSettings): Promise<ErrorReports> {
  const { SENTRY_DSN: dsn, ENVIRONMENT: environment, RELEASE: release } = settings
  if (!dsn) return noReports
  const [sentry, { nodeProfilingIntegration }] = await Promise.all([import('@sentry/node'), import('@sentry/profiling-node')])
  sentry.init({
    dsn,
    environment,
    ...(release && { release }),
    tracesSampler: ({ attributes }) => (attributes?.[TAKEN] ? 1 : settings.SENTRY_TRACES_RATE),
    // Whole traces, so that all of one passes the scrubber.
    traceLifecycle: 'static',
    profileSessionSampleRate: 1,
    profileLifecycle: 'manual',
    // Else it rewrites whatever is loaded after it, for watchers that are not kept here.
    enableRuntimeChannelInjection: false,
    // Else whatever is made with OpenTelemetry in it is heard too, as the sign-in library is: what is traced is said here.
    enableOpenTelemetrySetup: false,
    initialScope: { tags: { part } },
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [], urlQueryParams: false },
    maxBreadcrumbs: 0,
    // Else every trace makes a connection of its own, which costs more than the trace.
    transportOptions: { keepAlive: true },
    // Other companies' servers need not know how we trace.
    tracePropagationTargets: [],
    integrations: (usual) => [...usual.filter(({ name }) => keptOf[part].has(name)), nodeProfilingIntegration()],
    beforeSend: scrubbed,
    beforeSendTransaction: scrubbed,
  })
  const endProfiles = profileAtTimes(sentry.profiler, settings.SENTRY_PROFILES_RATE)
  return {
    report: (error, at) =>
      sentry.withScope((scope) => {
        scope.setTags(tags(marksHere()))
        if (at !== undefined) scope.setTransactionName(at)
        sentry.captureException(error)
      }),
    trace: (name, work) =>
      sentry.withIsolationScope((scope) => {
        scope.setTags(tags(marksHere())).setTransactionName(name)
        return sentry.startSpan({ name, op: part, forceTransaction: true }, work)
      }),
    request: () => {
      if (Math.random() >= settings.SENTRY_TRACES_RATE) return undefined
      const span = sentry.withIsolationScope((scope) => {
        scope.setTags(tags(marksHere()))
        return sentry.startInactiveSpan({
          name: 'request',
          op: 'http.server',
          forceTransaction: true,
          attributes: { [TAKEN]: true },
        })
      })
      return {
        end: (name, status) => {
          sentry.updateSpanName(span, name)
          sentry.setHttpStatus(span, status)
          span.end()
        },
      }
    },
    close: async () => {
      endProfiles()
      await sentry.close(2000)
    },
  }
}
