import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { UsageLog } from '../records.ts'

const units: Record<string, string> = { character: 'characters', token: 'tokens', second: 'seconds' }

/** What a call was for, how much it bought in the provider's unit, and what came of it. */
export function useCallWords() {
  const t = useTranslate()
  const { count } = useFormats()
  const amount = (call: UsageLog): string => {
    if (call.units === null) return t('console.none')
    if (call.outputUnits !== null)
      return t('console.calls.read_and_written', { read: count(call.units), written: count(call.outputUnits) })
    const name = units[call.unit.replace(/s$/, '')]
    return name ? t(`console.calls.${name}`, { units: count(call.units) }) : `${count(call.units)} ${call.unit}`
  }
  return {
    amount,
    what: ({ step, linePosition }: UsageLog): string =>
      linePosition === null ? t(`console.step.${step}`, { _: step }) : t('console.calls.line', { line: linePosition + 1 }),
    /** The outcome as stored; for a call that went well there is nothing to explain. */
    note: ({ outcome, status }: UsageLog): string => {
      if (outcome === null || outcome === 'ok') return t('console.none')
      if (outcome.startsWith('answered')) return t(`console.calls.${status === 'started' ? 'answered' : 'answer_kept'}`)
      return outcome === 'nobody-knows' ? t('console.calls.nobody_knows') : outcome
    },
  }
}
