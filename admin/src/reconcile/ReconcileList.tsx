import { DataTable, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import { Tag } from '../fields/Tag.tsx'
import { useFormats } from '../fields/formats.ts'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import type { ReconcileRun } from '../records.ts'
import { Findings } from './Findings.tsx'
import { ReconcileActions } from './ReconcileActions.tsx'
import './reconcile.css'

const REFRESH_MS = 2_000

const Column = DataTable.Col<ReconcileRun>

/** What each look at the whole store found and mended, and the buttons for another one. */
export function ReconcileList() {
  const t = useTranslate()
  return (
    <ConsoleList<ReconcileRun>
      sort={{ field: 'startedAt', order: 'DESC' }}
      filters={[]}
      actions={
        <AdminOnly>
          <ReconcileActions />
        </AdminOnly>
      }
      lead={t('console.reconcile.lead')}
      refreshMs={(runs) => (runs.some(({ endedAt }) => !endedAt) ? REFRESH_MS : false)}
    >
      <Rows />
    </ConsoleList>
  )
}

function Rows() {
  const t = useTranslate()
  const { count, instant } = useFormats()
  const allowed = ({ mode, allowMany }: ReconcileRun) => t(`console.reconcile.${mode}${allowMany ? '_many' : ''}`)
  return (
    <DataTable<ReconcileRun> bulkActionButtons={false} rowClick={false}>
      <Column source="startedAt" disableSort render={({ startedAt }) => instant(startedAt)} />
      <Column
        source="mode"
        disableSort
        render={(run) => (
          <>
            {allowed(run)}
            <p className="meta">{run.requestedBy ?? t('console.reconcile.by_schedule')}</p>
          </>
        )}
      />
      <Column source="state" disableSort render={(run) => <State run={run} />} />
      <Column source="findings" cellClassName="findings" disableSort render={(run) => <Findings run={run} />} />
      <Column
        source="objects"
        align="right"
        disableSort
        render={({ objects }) => (objects === null ? t('console.none') : count(objects))}
      />
    </DataTable>
  )
}

function State({ run: { endedAt, failure, findings } }: { run: ReconcileRun }) {
  const t = useTranslate()
  if (!endedAt) return <Tag look={{ mark: 'busy' }}>{t('console.reconcile.running')}</Tag>
  if (failure) return <Tag look={{ mark: 'cross', tone: 'hold' }}>{t('console.reconcile.failed')}</Tag>
  if (findings.some(({ refused }) => refused))
    return <Tag look={{ mark: 'hold', tone: 'hold' }}>{t('console.reconcile.refused')}</Tag>
  return <Tag look={{ mark: 'check' }}>{t('console.reconcile.done')}</Tag>
}
