import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { Dashboard } from '../records.ts'
import { Figure } from './Figure.tsx'

/** From this share of the cap on the house may soon stand still. */
const NEAR_CAP = 0.8

export function Today({ house: { today, spending } }: { house: Dashboard }) {
  const t = useTranslate()
  const { count, roughMoney, span, share } = useFormats()
  const { ready, making, waiting, failed, cancelled } = today
  const none = t('console.none')
  return (
    <section className="card" aria-label={t('console.dashboard.today')}>
      <h2>{t('console.dashboard.today')}</h2>
      <div className="nums">
        <Figure
          name={t('console.dashboard.ordered')}
          value={count(today.ordered)}
          beside={t('console.dashboard.ordered_beside', { ready: count(ready), making: count(making), waiting: count(waiting) })}
        />
        <Figure
          name={t('console.dashboard.success')}
          value={today.successRate === null ? none : share(today.successRate)}
          beside={t('console.dashboard.success_beside', { failed: count(failed), cancelled: count(cancelled) })}
        />
        <Figure
          name={t('console.dashboard.first_sound')}
          value={today.firstSoundMedianMs === null ? none : span(today.firstSoundMedianMs)}
          beside={today.firstSoundP95Ms === null ? '' : t('console.dashboard.p95', { span: span(today.firstSoundP95Ms) })}
        />
        <Figure
          name={t('console.dashboard.spent')}
          value={roughMoney(spending.spentMicroUsd)}
          beside={besideSpent(spending, t, roughMoney)}
          hold={spending.stopped || isNearCap(spending)}
        />
      </div>
    </section>
  )
}

const isNearCap = ({ dailyCapMicroUsd: cap, spentMicroUsd, heldMicroUsd }: Dashboard['spending']) =>
  cap !== null && spentMicroUsd + heldMicroUsd > cap * NEAR_CAP

function besideSpent(
  { stopped, dailyCapMicroUsd }: Dashboard['spending'],
  t: ReturnType<typeof useTranslate>,
  money: (microUsd: number) => string,
): string {
  if (stopped) return t('console.spending.stopped')
  return dailyCapMicroUsd === null ? t('console.dashboard.no_cap') : t('console.dashboard.cap', { cap: money(dailyCapMicroUsd) })
}
