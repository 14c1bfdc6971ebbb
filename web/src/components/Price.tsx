import { useTranslation } from '../i18n/translation.ts'
import { moneyRange } from '../lib/money.ts'
import type { Estimate } from '../lib/types.ts'
import { useUiLanguage } from '../lib/ui-language.ts'

/** Money beside the verb that spends it, and how sure it is. */
export function Price({ cost }: { cost: Estimate['cost'] }) {
  const { t } = useTranslation()
  const words = moneyRange(cost.minMicroUsd, cost.maxMicroUsd, useUiLanguage())
  return (
    <span className={cost.exact ? 'price' : 'price est'}>
      <b>{words}</b>
      <i>{cost.exact ? t('make.exact') : t('make.estimated')}</i>
    </span>
  )
}
