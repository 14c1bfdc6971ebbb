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

/** A call that has ended, as a log line says it. */
export interface CallNews {
  provider: string
  step: string
  outcome: string
  code: string
  durationMs: number | null
}

const STEPS = ['script', 'speech']
const OUTCOMES = ['ok', 'turned_away', 'failed', 'not_kept', 'stopped']

/** Counts from nothing: a figure whose first sight is nine shows no growth to whoever watches it, so the first nine failures would ring nobody. */
export function countFromNothing(providers: readonly string[]): void {
  for (const provider of providers)
    for (const step of STEPS) for (const outcome of OUTCOMES) calls.inc({ provider, step, outcome }, 0)
}

let tell: (call: CallNews) => void = () => undefined

/** From now on `listener` hears of every call that has ended. */
export function tellCalls(listener: (call: CallNews) => void): void {
  tell = listener
}

/** Our own words for reasons are a closed list; anything else would be a label without end. */
const asCode = (reason: string) => (/^[a-z][a-z_-]{2,40}$/.test(reason) ? reason : 'other')

/** Counts a call that has ended, for those who watch the providers. The ledger alone is the truth about money. */
export function countCall({ step, provider, status, outcome, costMicroUsd, durationMs }: ClosedCall): void {
  const reason = outcome ?? 'other'
  const code = asCode(reason)
  const end = status === 'failed' ? kindOf(reason) : status === 'settled' ? 'ok' : 'stopped'
  calls.inc({ provider, step, outcome: end })
  if (status === 'failed') errors.inc({ provider, step, code })
  if (costMicroUsd) cost.inc({ provider, step }, Number(costMicroUsd))
  if (durationMs !== null) durations.observe({ provider, step }, durationMs / 1000)
  tell({ provider, step, outcome: end, code, durationMs })
}

const kindOf = (reason: string) =>
  turnedAway.includes(reason) ? 'turned_away' : reason === 'answer-not-kept' ? 'not_kept' : 'failed'
