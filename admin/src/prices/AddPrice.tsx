import { useState } from 'react'
import { useDataProvider, useRefresh, useTranslate } from 'react-admin'
import type { ConsoleProvider, NewPrice } from '../dataProvider.ts'
import { Choice, Field } from '../fields/Field.tsx'
import { useFormats } from '../fields/formats.ts'
import { isOver, isoOf } from '../fields/typed-moment.ts'
import { FormButton } from '../layout/FormButton.tsx'
import { microUsdOf } from '../spending/dollars.ts'

const units = ['character', 'input-token', 'output-token'] as const
/** Prices are named as providers name them: for a million. */
const PER_UNITS = 1_000_000
const blank = { provider: '', model: '', unit: 'character' as NewPrice['unit'], price: '', from: '' }

/** A price that holds from now or later on. */
export function AddPrice() {
  const t = useTranslate()
  const refresh = useRefresh()
  const { count } = useFormats()
  const provider = useDataProvider<ConsoleProvider>()
  const [typed, setTyped] = useState(blank)
  const set = (part: Partial<typeof blank>) => setTyped((before) => ({ ...before, ...part }))
  const microUsd = microUsdOf(typed.price)
  const isPast = isOver(typed.from)
  const isWhole = typed.provider.trim() !== '' && typed.model.trim() !== '' && microUsd !== null && !isPast
  const add = async () => {
    const effectiveFrom = isoOf(typed.from)
    await provider.addPrice({
      provider: typed.provider.trim(),
      model: typed.model.trim(),
      unit: typed.unit,
      microUsd: microUsd!,
      perUnits: PER_UNITS,
      ...(effectiveFrom && { effectiveFrom }),
    })
    setTyped(blank)
  }
  return (
    <FormButton
      label={t('console.price.add')}
      title={t('console.price.add')}
      lead={t('console.price.add_lead')}
      confirm={t('console.price.add')}
      act={isWhole ? add : undefined}
      done="console.price.added"
      after={refresh}
    >
      <Field
        name={t('console.calls.provider')}
        value={typed.provider}
        onChange={(e) => set({ provider: e.currentTarget.value })}
      />
      <Field name={t('console.calls.model')} value={typed.model} onChange={(e) => set({ model: e.currentTarget.value })} />
      <Choice
        name={t('resources.prices.fields.perUnits')}
        value={typed.unit}
        choices={units.map((value) => ({ value, name: t(`console.price.per.${value}`, { units: count(PER_UNITS) }) }))}
        onChoose={(unit) => set({ unit })}
      />
      <Field
        name={t('console.price.dollars')}
        inputMode="decimal"
        fault={typed.price !== '' && microUsd === null ? t('console.spending.bad') : undefined}
        value={typed.price}
        onChange={(e) => set({ price: e.currentTarget.value })}
      />
      <Field
        name={t('resources.prices.fields.effectiveFrom')}
        type="datetime-local"
        help={t('console.price.from_help')}
        fault={isPast ? t('console.past') : undefined}
        value={typed.from}
        onChange={(e) => set({ from: e.currentTarget.value })}
      />
    </FormButton>
  )
}
