import { Counter, Gauge, Histogram } from 'prom-client'
import type { ErrorReports } from '../../shared/watching/error-reports.ts'
import type { Passage } from '../http/arrival.ts'
import { isStream } from '../http/route.ts'
import type { Route } from '../http/route.ts'

declare module 'express-serve-static-core' {
  interface Request {
    /** Says which declared route answers; until then the request counts as none. */
    atRoute?: (route: Route) => void
    /** Tells whoever mends this program of an error nobody foresaw. */
    unforeseen?: (error: unknown) => void
  }
}

const requests = new Counter({
  name: 'aimake_http_requests_total',
  help: 'Requests answered.',
  labelNames: ['method', 'route', 'status'],
})
const durations = new Histogram({
  name: 'aimake_http_request_duration_seconds',
  help: 'From the request to the end of its answer; streams, which end when their listener goes, are left out.',
  labelNames: ['method', 'route'],
  // 3 is a bound because an alert asks for it.
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
})
const inFlight = new Gauge({ name: 'aimake_http_requests_in_flight', help: 'Requests being answered.' })

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts and times every request by the template of its route, never by its address: what people type must not become a label. */
export function requestWatch(reports: ErrorReports): Passage {
  return (req, res, next) => {
    const beganAt = performance.now()
    const method = req.method && methods.has(req.method) ? req.method : 'other'
    let name = req.pathname.startsWith('/api/auth/') ? '/api/auth/*' : undefined
    let isLong = false
    inFlight.inc()
    const traced = reports.request()
    req.unforeseen = (error) => reports.report(error, `${method} ${name ?? 'none'}`)
    req.atRoute = (route) => {
      name = route.path
      isLong = isStream(route)
      // It lasts as long as its listener stays, and says nothing of us.
      if (isLong) traced?.end(`${method} ${route.path}`, 200)
    }
    // `close` comes after an answer that ended and after one that its reader gave up: once in either case.
    res.on('close', () => {
      inFlight.dec()
      const route = name ?? (res.statusCode < 400 ? 'page' : 'none')
      if (!isLong) traced?.end(`${method} ${route}`, res.statusCode)
      requests.inc({ method, route, status: String(res.statusCode) })
      if (!isLong) durations.observe({ method, route }, (performance.now() - beganAt) / 1000)
    })
    next()
  }
}
