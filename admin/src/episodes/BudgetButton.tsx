import { useState } from 'react'
import { useDataProvider, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { Field } from '../fields/Field.tsx'
import { useFormats } from '../fields/formats.ts'
import { FormButton } from '../layout/FormButton.tsx'
import type { AdminEpisodeDetail } from '../records.ts'
import { asTyped, microUsdOf } from '../spending/dollars.ts'

/** Gives one episode another cap; a run that waits for it goes on. */
export function BudgetButton({ episode, onChanged }: { episode: AdminEpisodeDetail; onChanged: () => void }) {
  const t = useTranslate()
  const { money } = useFormats()
  const provider = useDataProvider<ConsoleProvider>()
  const [typed, setTyped] = useState(asTyped(episode.episode.cost.budgetMicroUsd))
  const sum = microUsdOf(typed)
  const isSum = sum !== null && sum > 0
  return (
    <FormButton
      label={t('console.episode.budget')}
      title={t('console.episode.budget_title', { title: episode.title })}
      lead={t('console.episode.budget_lead', { cost: money(episode.costMicroUsd), email: episode.userEmail })}
      confirm={t('console.spending.save')}
      act={isSum ? () => provider.changeBudget(episode.id, sum) : undefined}
      done="console.episode.budget_changed"
      after={onChanged}
    >
      <Field
        name={t('console.episode.budget_field')}
        inputMode="decimal"
        maxLength={16}
        fault={isSum || typed === '' ? undefined : t('console.spending.bad')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormButton>
  )
}
