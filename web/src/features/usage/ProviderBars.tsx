import { useTranslation } from '../../i18n/translation.ts'
import { money } from '../../lib/money.ts'
import type { OwnUsage } from '../../lib/types.ts'
import { nameOfProvider } from '../../lib/voices.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

const steps = { script: 'script', speech: 'speech', sample: 'sample' } as const

/** What went to which service, for what; the longest bar is the dearest. */
export function ProviderBars({ items }: { items: OwnUsage['items'] }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const rows = items.flatMap(({ parts }) => parts).toSorted((a, b) => b.costMicroUsd - a.costMicroUsd)
  const most = rows[0]?.costMicroUsd ?? 0
  return (
    <section className="sec">
      <h2 className="h3">{t('money.perProvider')}</h2>
      <ul>
        {rows.map(({ provider, step, costMicroUsd, calls }) => (
          <li className="bar" key={`${provider} ${step}`} title={t('money.callCount', { count: calls })}>
            <span>
              {nameOfProvider(provider, t)}{' '}
              <span className="meta">{t(`money.step.${steps[step as keyof typeof steps] ?? 'speech'}`)}</span>
            </span>
            <span className="track">
              <i style={{ width: `${most === 0 ? 0 : (costMicroUsd / most) * 100}%` }} />
            </span>
            <span className="sum">{costMicroUsd === 0 ? t('money.free') : money(costMicroUsd, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
