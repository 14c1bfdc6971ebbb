import { useTranslation } from '../../i18n/translation.ts'
import { money } from '../../lib/money.ts'
import type { OwnUsage } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { dayName, monthName } from './months.ts'

/** The sums in large type: spent, calls, set aside; the plan below. */
export function Figures({ usage: { totals, plan }, month, isNow }: { usage: OwnUsage; month: string; isNow: boolean }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const sum = (microUsd: number) => money(microUsd, language)
  const share = plan.limitMicroUsd === 0 ? 100 : Math.min(100, (plan.spentMicroUsd / plan.limitMicroUsd) * 100)
  return (
    <>
      <section className="figures">
        <div>
          <p className="meta">{isNow ? t('money.spentMonth') : t('money.spentIn', { month: monthName(month, language) })}</p>
          <p className="big">{sum(totals.costMicroUsd)}</p>
          {isNow && (
            <p className="two">{t('money.planLeft', { limit: sum(plan.limitMicroUsd), left: sum(plan.leftMicroUsd) })}</p>
          )}
        </div>
        <div>
          <p className="meta">{t('money.calls')}</p>
          <p className="big">{totals.calls.toLocaleString()}</p>
          {totals.calls > 0 && (
            <p className="two">
              {totals.unknownCalls === 0
                ? t('money.callsAllKnown')
                : t('money.callsNote', { unknown: totals.unknownCalls, sum: sum(totals.unknownUpToMicroUsd) })}
            </p>
          )}
        </div>
        {isNow && (
          <div>
            <p className="meta">{t('money.setAside')}</p>
            <p className="big">{sum(plan.setAsideMicroUsd + plan.heldMicroUsd)}</p>
            <p className="two">{t('money.setAsideNote')}</p>
          </div>
        )}
      </section>
      {isNow && (
        <section className="sec">
          <h2 className="h3">{t('money.limits')}</h2>
          <p className="bar">
            <span>{t('money.monthly')}</span>
            <span className="track">
              <i style={{ width: `${share}%` }} />
            </span>
            <span className="sum">{t('money.ofLimit', { spent: sum(plan.spentMicroUsd), limit: sum(plan.limitMicroUsd) })}</span>
          </p>
          <p className="meta">{t('money.resets', { date: dayName(plan.resetsAt, language) })}</p>
        </section>
      )}
    </>
  )
}
