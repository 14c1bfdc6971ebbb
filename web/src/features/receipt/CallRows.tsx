import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { money } from '../../lib/money.ts'
import type { Receipt } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { nameOfProvider } from '../../lib/voices.ts'

type Call = Receipt['calls'][number]
const steps = { script: 'script', speech: 'speech', sample: 'sample' } as const

/** Every call: what for, which try, how it ended, what it cost. */
export function CallRows({ calls }: { calls: readonly Call[] }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const amount = ({ unit, units, outputUnits }: Call) => {
    if (units === null) return null
    if (outputUnits !== null) return t('money.tokens', { read: units, written: outputUnits })
    return t(unit === 'character' ? 'money.units.character' : 'money.units.other', { units })
  }
  return (
    <ul className="calls">
      {calls.map((call) => (
        <li key={call.id}>
          <span>
            {call.linePosition === null
              ? t(`money.step.${steps[call.step as keyof typeof steps] ?? 'speech'}`)
              : t('money.line', { number: call.linePosition + 1 })}
            <span className="meta">
              <Parts>
                {call.attempt > 1 && t('money.attempt', { number: call.attempt })}
                {nameOfProvider(call.provider, t)}
                {t(`money.status.${call.status}`)}
                {amount(call)}
              </Parts>
            </span>
          </span>
          <span className="sum">{call.upToMicroUsd > 0 ? '?' : money(call.costMicroUsd, language)}</span>
        </li>
      ))}
    </ul>
  )
}
