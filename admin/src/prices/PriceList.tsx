import { DataTable, TextInput, useDataProvider, useRefresh, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { Tag } from '../fields/Tag.tsx'
import type { TagLook } from '../fields/Tag.tsx'
import { useFormats } from '../fields/formats.ts'
import { AskButton } from '../layout/AskButton.tsx'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { AdminPrice } from '../records.ts'
import { AddPrice } from './AddPrice.tsx'

const Column = DataTable.Col<AdminPrice>
const looks: Record<AdminPrice['holds'], TagLook> = {
  now: { mark: 'check' },
  later: { mark: 'clock' },
  before: { mark: 'minus' },
}

/** What each model costs and since when. A price that changes is a new row; what has held stays as it was. */
export function PriceList() {
  const t = useTranslate()
  return (
    <ConsoleList<AdminPrice>
      sort={{ field: 'provider', order: 'ASC' }}
      filters={[<TextInput key="provider" source="provider" alwaysOn />, <TextInput key="model" source="model" alwaysOn />]}
      lead={t('console.price.lead')}
      actions={
        <AdminOnly>
          <AddPrice />
        </AdminOnly>
      }
    >
      <Rows />
    </ConsoleList>
  )
}

function Rows() {
  const t = useTranslate()
  const { count, money, moment } = useFormats()
  const unit = (name: string, units: number) =>
    t(`console.price.per.${name}`, { units: count(units), _: `${count(units)} ${name}` })
  return (
    <DataTable<AdminPrice> bulkActionButtons={false} empty={<NothingFound />} rowClick={false}>
      <Column source="provider" disableSort />
      <Column source="model" disableSort />
      <Column source="microUsd" align="right" disableSort render={({ microUsd }) => money(microUsd)} />
      <Column source="perUnits" disableSort render={(price) => unit(price.unit, price.perUnits)} />
      <Column source="effectiveFrom" disableSort render={({ effectiveFrom }) => moment(effectiveFrom)} />
      <Column
        source="holds"
        disableSort
        render={({ holds }) => <Tag look={looks[holds]}>{t(`console.price.holds.${holds}`)}</Tag>}
      />
      <Column source="deeds" label=" " disableSort render={(price) => <TakeBack price={price} />} />
    </DataTable>
  )
}

/** Only a price that does not hold yet can go. */
function TakeBack({ price: { id, holds, model } }: { price: AdminPrice }) {
  const t = useTranslate()
  const refresh = useRefresh()
  const provider = useDataProvider<ConsoleProvider>()
  if (holds !== 'later') return null
  return (
    <AdminOnly>
      <AskButton
        label={t('console.price.take_back')}
        title={t('console.price.take_back_title', { model })}
        body={t('console.price.take_back_body')}
        confirm={t('console.price.take_back')}
        act={() => provider.takePriceBack(id)}
        done="console.price.taken_back"
        after={refresh}
      />
    </AdminOnly>
  )
}
