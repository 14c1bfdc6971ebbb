import check from 'api-check:post/api/episodes/{id}/budget'
import { useLayoutEffect } from 'react'
import { Controller } from 'react-hook-form'
import { MoneyField } from '../../components/MoneyField.tsx'
import { WrongLine } from '../../forms/WrongLine.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { microUsdOf } from '../../lib/money.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

interface OtherBudgetProps {
  busy: boolean
  onRaise: (budgetMicroUsd: number) => void
}

/** A budget of one's own choice. */
export default function OtherBudget({ busy, onRaise }: OtherBudgetProps) {
  const { t } = useTranslation()
  const field = useOwnId()
  const form = useApiForm({
    check,
    start: { sum: '' },
    bodyOf: ({ sum }) => ({ budgetMicroUsd: microUsdOf(sum) }),
    names: { budgetMicroUsd: 'sum' },
    words: { sum: t('money.bad') },
    isSaidAtOnce: true,
  })
  const { setFocus } = form
  const wrong = form.formState.errors.sum
  useLayoutEffect(() => setFocus('sum'), [setFocus])
  return (
    <form
      className="otherbudget"
      noValidate
      onSubmit={form.sends(({ budgetMicroUsd }: { budgetMicroUsd: number }) => onRaise(budgetMicroUsd))}
    >
      <label className="meta" htmlFor={field}>
        {t('money.otherLabel')}
      </label>
      <Controller
        control={form.control}
        name="sum"
        render={({ field: { value, onChange, ref } }) => (
          <MoneyField id={field} inputRef={ref} value={value} describedBy={`${field}-wrong`} onChange={onChange} />
        )}
      />
      <button type="submit" className="btn" disabled={busy || wrong !== undefined}>
        {t('money.save')}
      </button>
      <WrongLine id={`${field}-wrong`} wrong={wrong} />
    </form>
  )
}
