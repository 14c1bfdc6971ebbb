import { Counter, Gauge } from 'prom-client'
import type { LogShipper } from './log-shipper.ts'

/** How the shipping of logs goes: what was lost while the store of logs was away is not lost silently. */
export function watchShipper(shipper: LogShipper | undefined): void {
  if (!shipper) return
  for (const [name, help, key] of [
    ['aimake_logs_shipped_total', 'Log lines that were stored.', 'shipped'],
    ['aimake_logs_dropped_total', 'Log lines given up because too many waited.', 'dropped'],
    ['aimake_logs_failures_total', 'Batches that were not taken.', 'failures'],
  ] as const) {
    new Counter({
      name,
      help,
      collect() {
        this.reset()
        this.inc(shipper.counts[key])
      },
    })
  }
  new Gauge({
    name: 'aimake_logs_waiting',
    help: 'Log lines that wait to be sent.',
    collect() {
      this.set(shipper.waiting)
    },
  })
}
