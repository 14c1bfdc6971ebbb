import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useNotify, useTranslate } from 'react-admin'
import { useErrorWords } from '../layout/use-error-words.ts'
import { request } from '../request.ts'
import { asTyped, microUsdOf } from './dollars.ts'

interface CapFormProps {
  field: 'dailyCapMicroUsd' | 'monthlyPlanMicroUsd' | 'monthlyLimitMicroUsd'
  now: number | null
  /** Empty means: no cap of its own. */
  mayBeEmpty?: boolean
  /** Where it is written; the settings of the house when left out. */
  path?: string
  onSaved: () => void
}

/** One cap, in dollars. Saved when asked, never while typing. */
export function CapForm({ field, now, mayBeEmpty = false, path = '/admin/settings', onSaved }: CapFormProps) {
  const t = useTranslate()
  const notify = useNotify()
  const words = useErrorWords()
  const id = useId()
  const [typed, setTyped] = useState(asTyped(now))
  const sum = typed.trim() === '' && mayBeEmpty ? null : microUsdOf(typed)
  const isSum = sum !== null || (mayBeEmpty && typed.trim() === '')
  const save = useMutation({
    mutationFn: () => request(path, { method: 'PATCH', body: { [field]: sum } }),
    onSuccess: () => notify('console.spending.saved'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: onSaved,
  })
  return (
    <form
      className="cap"
      onSubmit={(event) => {
        event.preventDefault()
        if (isSum && sum !== now) save.mutate()
      }}
    >
      <label htmlFor={id}>{t(`console.spending.${field}`)}</label>
      <span className="meta" id={`${id}-why`}>
        {isSum ? t(`console.spending.${field}_why`) : t('console.spending.bad')}
      </span>
      <span className="entry">
        <span aria-hidden="true">US$</span>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          maxLength={16}
          aria-describedby={`${id}-why`}
          aria-invalid={!isSum}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={!isSum || sum === now || save.isPending}>
          {t('console.spending.save')}
        </button>
      </span>
    </form>
  )
}
