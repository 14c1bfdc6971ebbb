import { useTranslation } from '../../i18n/translation.ts'
import { money } from '../../lib/money.ts'
import type { OwnUsage } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { dayName, daysOf } from './months.ts'

/** A bar a day. A day without a cent has none; the dearest is named. */
export function DayBars({ items, month }: { items: OwnUsage['items']; month: string }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { count } = daysOf(month)
  const costs = Array.from({ length: count }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, '0')}`
    return { day, cost: items.find(({ key }) => key === day)?.costMicroUsd ?? 0 }
  })
  const dearest = costs.reduce((most, one) => (one.cost > most.cost ? one : most))
  const name = ({ day, cost }: (typeof costs)[number]) => `${dayName(day, language)}${t('shell.comma')}${money(cost, language)}`
  return (
    <section className="sec">
      <h2 className="h3">
        {t('money.perDay')} <span className="meta">{t('money.perDayNote')}</span>
      </h2>
      <p className="meta dearest">{name(dearest)}</p>
      <div
        className="days"
        role="img"
        aria-label={t('money.dayLabel', { day: dayName(dearest.day, language), sum: money(dearest.cost, language) })}
      >
        {costs.map((one) => (
          <span key={one.day} title={name(one)}>
            <i style={{ height: `${dearest.cost === 0 ? 0 : (one.cost / dearest.cost) * 100}%` }} />
          </span>
        ))}
      </div>
      <p className="ticks" aria-hidden="true">
        {[1, 8, 15, 22, count].map((day) => (
          <span key={day} style={{ left: `${((day - 0.5) / count) * 100}%` }}>
            {day}
          </span>
        ))}
      </p>
    </section>
  )
}
