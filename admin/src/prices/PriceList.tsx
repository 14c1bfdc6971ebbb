import { DataTable, useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { AdminPrice } from '../records.ts'

const Column = DataTable.Col<AdminPrice>

/** What each model costs and since when. Only to be read: a price that changes is a new row. */
export function PriceList() {
  const t = useTranslate()
  const { count, money, moment } = useFormats()
  const unit = (name: string, units: number) =>
    t(`console.price.per.${name}`, { units: count(units), _: `${count(units)} ${name}` })
  return (
    <ConsoleList<AdminPrice> sort={{ field: 'provider', order: 'ASC' }} filters={[]}>
      <DataTable<AdminPrice> bulkActionButtons={false} empty={<NothingFound />} rowClick={false}>
        <Column source="provider" disableSort />
        <Column source="model" disableSort />
        <Column source="microUsd" align="right" disableSort render={({ microUsd }) => money(microUsd)} />
        <Column source="perUnits" disableSort render={(price) => unit(price.unit, price.perUnits)} />
        <Column source="effectiveFrom" disableSort render={({ effectiveFrom }) => moment(effectiveFrom)} />
      </DataTable>
    </ConsoleList>
  )
}
