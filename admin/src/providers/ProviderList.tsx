import { DataTable, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import { Tag } from '../fields/Tag.tsx'
import type { TagLook } from '../fields/Tag.tsx'
import { useFormats } from '../fields/formats.ts'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import type { Provider } from '../records.ts'
import { ProviderDeeds } from './ProviderDeeds.tsx'
import { TestCall } from './TestCall.tsx'
import { TryAgain } from './TryAgain.tsx'
import { stateOf } from './provider-state.ts'
import type { ProviderState } from './provider-state.ts'
import './providers.css'

const REFRESH_MS = 5_000

const looks: Record<ProviderState, TagLook> = {
  off: { mark: 'minus' },
  no_key: { mark: 'hold', tone: 'hold' },
  blocked: { mark: 'hold', tone: 'hold' },
  resting: { mark: 'clock' },
  unknown: { mark: 'help' },
  held: { mark: 'check' },
  well: { mark: 'check' },
}

/** A test call ends within seconds. */
const refreshMs = (rows: Provider[]) => (rows.some(({ test }) => test.last?.status === 'calling') ? 1_000 : REFRESH_MS)

const Column = DataTable.Col<Provider>

/** Every paid provider: how it does now, and what a person should do about it. */
export function ProviderList() {
  return (
    <ConsoleList<Provider> sort={{ field: 'name', order: 'ASC' }} filters={[]} refreshMs={refreshMs}>
      <Rows />
    </ConsoleList>
  )
}

function Rows() {
  const t = useTranslate()
  const { count } = useFormats()
  return (
    <DataTable<Provider> bulkActionButtons={false} rowClick={false}>
      <Column source="name" disableSort />
      <Column source="state" disableSort render={(provider) => <State provider={provider} />} />
      <Column source="todo" cellClassName="todo" disableSort render={(provider) => <Todo provider={provider} />} />
      <Column
        source="inFlight"
        align="right"
        disableSort
        render={({ health }) => (health ? count(health.inFlight) : t('console.none'))}
      />
      <Column source="concurrency" align="right" disableSort />
      <Column
        source="requestsPerSecond"
        align="right"
        disableSort
        render={({ requestsPerSecond }) =>
          requestsPerSecond === null ? t('console.provider.no_rate') : count(requestsPerSecond)
        }
      />
      <Column source="test" cellClassName="todo" disableSort render={(provider) => <TestCall provider={provider} />} />
      <Column source="deeds" label=" " disableSort render={(provider) => <ProviderDeeds provider={provider} />} />
    </DataTable>
  )
}

function State({ provider }: { provider: Provider }) {
  const t = useTranslate()
  const state = stateOf(provider)
  return <Tag look={looks[state]}>{t(`console.provider.${state}`)}</Tag>
}

function Todo({ provider }: { provider: Provider }) {
  const t = useTranslate()
  const { clock } = useFormats()
  const { name, health, concurrency } = provider
  const key = `${name.toUpperCase()}_API_KEY`
  const block = health?.block
  const words = {
    since: clock(block?.since ?? provider.updatedAt),
    next: clock(block?.askAgainAt ?? provider.updatedAt),
    until: clock(health?.restsUntil ?? provider.updatedAt),
    bears: health?.bears ?? concurrency,
    key,
  }
  return (
    <>
      <p>{t(`console.provider.todo_${stateOf(provider)}`, words)}</p>
      {block && (
        <>
          <p className="meta">{block.detail}</p>
          <AdminOnly>
            <TryAgain name={name} />
          </AdminOnly>
        </>
      )}
    </>
  )
}
