import { DataTable, useDataProvider, useRefresh, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { Tag } from '../fields/Tag.tsx'
import { useFormats } from '../fields/formats.ts'
import { ActButton } from '../layout/ActButton.tsx'
import { AskButton } from '../layout/AskButton.tsx'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import type { Schedule } from '../records.ts'

const REFRESH_MS = 5_000
const Column = DataTable.Col<Schedule>

/** What begins by itself: when next, how it went, and the three things one does with it. */
export function ScheduleList() {
  const t = useTranslate()
  return (
    <ConsoleList<Schedule>
      sort={{ field: 'id', order: 'ASC' }}
      filters={[]}
      lead={t('console.schedule.lead')}
      refreshMs={() => REFRESH_MS}
    >
      <Rows />
    </ConsoleList>
  )
}

function Rows() {
  const t = useTranslate()
  const { count, moment } = useFormats()
  return (
    <DataTable<Schedule> bulkActionButtons={false} rowClick={false}>
      <Column source="id" disableSort render={(schedule) => <Name schedule={schedule} />} />
      <Column source="state" disableSort render={(schedule) => <State schedule={schedule} />} />
      <Column source="nextAt" disableSort render={({ nextAt }) => (nextAt[0] ? moment(nextAt[0]) : t('console.none'))} />
      <Column source="last" disableSort render={(schedule) => <Last schedule={schedule} />} />
      <Column source="runs" align="right" disableSort render={({ runs }) => count(runs)} />
      <Column source="skipped" align="right" disableSort render={({ skipped }) => count(skipped)} />
      <Column source="deeds" label=" " disableSort render={(schedule) => <Deeds schedule={schedule} />} />
    </DataTable>
  )
}

function Name({ schedule: { id, workflow } }: { schedule: Schedule }) {
  const t = useTranslate()
  return (
    <>
      {t(`console.schedule.name.${workflow}`, { _: workflow })}
      <p className="meta mono">{id}</p>
    </>
  )
}

function State({ schedule: { paused, running } }: { schedule: Schedule }) {
  const t = useTranslate()
  if (running > 0) return <Tag look={{ mark: 'busy' }}>{t('console.schedule.running')}</Tag>
  if (paused) return <Tag look={{ mark: 'hold', tone: 'hold' }}>{t('console.schedule.paused')}</Tag>
  return <Tag look={{ mark: 'clock' }}>{t('console.schedule.waiting')}</Tag>
}

function Last({ schedule: { last } }: { schedule: Schedule }) {
  const t = useTranslate()
  const { moment } = useFormats()
  if (!last) return t('console.none')
  if (!last.workflowUrl) return moment(last.startedAt)
  return (
    <a className="link" href={last.workflowUrl} target="_blank" rel="noreferrer">
      {moment(last.startedAt)}
    </a>
  )
}

function Deeds({ schedule: { id, paused, workflow } }: { schedule: Schedule }) {
  const t = useTranslate()
  const refresh = useRefresh()
  const provider = useDataProvider<ConsoleProvider>()
  const name = t(`console.schedule.name.${workflow}`, { _: workflow })
  return (
    <AdminOnly>
      <span className="deeds">
        <AskButton
          label={t('console.schedule.run_now')}
          title={t('console.schedule.run_title', { name })}
          body={t('console.schedule.run_body')}
          confirm={t('console.schedule.run_now')}
          act={() => provider.schedule(id, 'run-now')}
          done="console.schedule.begun"
          after={refresh}
        />
        <ActButton
          label={t(paused ? 'console.schedule.resume' : 'console.schedule.pause')}
          act={() => provider.schedule(id, paused ? 'resume' : 'pause')}
          done={paused ? 'console.schedule.now_resumed' : 'console.schedule.now_paused'}
          after={refresh}
        />
      </span>
    </AdminOnly>
  )
}
