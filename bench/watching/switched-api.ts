// The API as `api/main.ts` starts it, with watchers that can be switched off and on while it answers: what they cost is seen on the same code and the same
// memory. Told by a message which of the states it is to be in, it answers once it is.
import * as sentry from '@sentry/node'
import { register } from 'prom-client'
import { readApiSettings } from '../../api/env.ts'
import { startApi } from '../../api/start.ts'
import { startErrorReports } from '../../shared/watching/error-reports.ts'
import { startShipper } from '../../shared/watching/log-shipper.ts'

/** Nobody is told; everybody is told; and, besides, this process is profiled. */
export type WatchState = 'silent' | 'told' | 'profiled'

let state: WatchState = 'told'
// The state alone says when there is a profile.
const settings = { ...readApiSettings(process.env), SENTRY_PROFILES_RATE: 0 }
const reports = await startErrorReports('api', settings)
const shipper = startShipper(settings)!

const tell = shipper.write.bind(shipper)
shipper.write = (line) => void (state !== 'silent' && tell(line))
process.on('message', (next: WatchState) => {
  if (state === 'profiled') sentry.profiler.stopProfiler()
  state = next
  if (state === 'profiled') sentry.profiler.startProfiler()
  process.send!(state)
})
await startApi(settings, {
  reports: { ...reports, request: () => (state === 'silent' ? undefined : reports.request()) },
  shipper,
})

for (const metric of register.getMetricsAsArray()) {
  const counting = metric as unknown as Record<string, ((...args: unknown[]) => void) | undefined>
  for (const name of ['inc', 'dec', 'observe']) {
    const count = counting[name]?.bind(metric)
    if (count) counting[name] = (...args) => state !== 'silent' && count(...args)
  }
}
