import { Counter, Histogram } from 'prom-client'
import { turnedAway } from '../speech/provider-errors.ts'

interface ClosedCall {
  step: string
  provider: string
  status: string
  outcome: string | null
  costMicroUsd: bigint | null
  durationMs: number | null
}

const calls = new Counter({
  name: 'aimake_provider_calls_total',
  help: 'Calls of providers: ok, turned_away (not charged), failed, not_kept (answered, and our store was away) or stopped.',
  labelNames: ['provider', 'step', 'outcome'],
})
const errors = new Counter({
  name: 'aimake_provider_errors_total',
  help: 'Calls that brought nothing, by the reason.',
  labelNames: ['provider', 'step', 'code'],
})
const cost = new Counter({
  name: 'aimake_cost_micro_usd_total',
  help: 'What closed calls cost, in millionths of a dollar.',
  labelNames: ['provider', 'step'],
})
const durations = new Histogram({
  name: 'aimake_provider_call_duration_seconds',
  help: 'From the row in the ledger to its end.',
  labelNames: ['provider', 'step'],
  buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 300],
})

/** Our own words for reasons are a closed list; anything else would be a label without end. */
const asCode = (reason: string) => (/^[a-z][a-z_-]{2,40}$/.test(reason) ? reason : 'other')

/** Counts a call that has ended, for those who watch the providers. The ledger alone is the truth about money. */
export function countCall({ step, provider, status, outcome, costMicroUsd, durationMs }: ClosedCall): void {
  const reason = outcome ?? 'other'
  const isFailed = status === 'failed'
  calls.inc({ provider, step, outcome: isFailed ? kindOf(reason) : status === 'settled' ? 'ok' : 'stopped' })
  if (isFailed) errors.inc({ provider, step, code: asCode(reason) })
  if (costMicroUsd) cost.inc({ provider, step }, Number(costMicroUsd))
  if (durationMs !== null) durations.observe({ provider, step }, durationMs / 1000)
}

const kindOf = (reason: string) =>
  turnedAway.includes(reason) ? 'turned_away' : reason === 'answer-not-kept' ? 'not_kept' : 'failed'
