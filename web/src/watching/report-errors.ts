type Sentry = typeof import('./sentry.ts')

const dsn: string | undefined = import.meta.env.VITE_SENTRY_DSN
/** Told before the reporter was there; a page that breaks at once breaks before it is loaded. */
const early: unknown[] = []
const MOST_EARLY = 10
let sentry: Sentry | undefined

/** Tells whoever mends this page of an error. Does nothing where nobody is told. */
export function reportError(error: unknown): void {
  if (sentry) sentry.report(error)
  else if (dsn && early.length < MOST_EARLY) early.push(error)
}

/**
 * Begins to report, when the page was built with an address to report to. The reporter is large, so it comes after the page stands: nobody waits
 * for it.
 */
export function startReports(): void {
  if (!dsn) return
  const hear = (event: ErrorEvent | PromiseRejectionEvent) => reportError('reason' in event ? event.reason : event.error)
  addEventListener('error', hear)
  addEventListener('unhandledrejection', hear)
  const load = async () => {
    const loaded = await import('./sentry.ts')
    loaded.start(dsn, import.meta.env.MODE, import.meta.env.VITE_RELEASE)
    removeEventListener('error', hear)
    removeEventListener('unhandledrejection', hear)
    sentry = loaded
    for (const error of early.splice(0)) loaded.report(error)
  }
  // A blocker of trackers, or an old page after a release: nothing that the person should hear of.
  const begin = () => void load().catch(() => undefined)
  if ('requestIdleCallback' in window) requestIdleCallback(begin, { timeout: 3000 })
  else setTimeout(begin, 1000)
}
