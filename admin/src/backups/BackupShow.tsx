import { ShowBase, useShowContext, useTranslate } from 'react-admin'
import { Fact, Facts } from '../fields/Facts.tsx'
import { useFormats } from '../fields/formats.ts'
import { ListLink } from '../fields/ListLink.tsx'
import { LoadError } from '../layout/LoadError.tsx'
import { PageHeader } from '../layout/PageHeader.tsx'
import { ShowFailed } from '../layout/ShowFailed.tsx'
import type { BackupDetail } from '../records.ts'
import { BackupActions } from './BackupActions.tsx'
import { isMoving } from './BackupList.tsx'
import { BackupStateTag } from './BackupStateTag.tsx'
import { DrillReport } from './DrillReport.tsx'
import { useBackupWords } from './backup-words.ts'
import './backups.css'

const REFRESH_MS = 1_500

/** One backup: what it holds, and what the last restore of it found. */
export function BackupShow() {
  return (
    <ShowBase<BackupDetail>
      queryOptions={{
        // A key of its own: a row of the list has no report.
        meta: { whole: true },
        onError: () => undefined,
        refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? REFRESH_MS : false),
      }}
    >
      <Page />
    </ShowBase>
  )
}

function Page() {
  const { record, error, refetch } = useShowContext<BackupDetail>()
  const { moment } = useFormats()
  const again = () => void refetch()
  if (!record) return <ShowFailed />
  return (
    <div className="page">
      <PageHeader
        title={moment(record.takenAt ?? record.startedAt)}
        above={
          <>
            <ListLink resource="backups" /> / <span className="mono">{record.id}</span>
          </>
        }
        actions={<BackupActions backup={record} onChanged={again} />}
      />
      {error && <LoadError error={error} again={again} />}
      <Summary backup={record} />
      <DrillReport backup={record} />
    </div>
  )
}

function Summary({ backup }: { backup: BackupDetail }) {
  const t = useTranslate()
  const { count, moment } = useFormats()
  const { size, remark } = useBackupWords()
  const said = remark(backup)
  const named = (field: string) => t(`resources.backups.fields.${field}`)
  const time = (iso: string | null) => (iso ? moment(iso) : t('console.none'))
  const number = (value: number | null) => (value === null ? t('console.none') : count(value))
  return (
    <>
      <Facts>
        <Fact name={named('status')}>
          <BackupStateTag status={backup.status} />
        </Fact>
        <Fact name={named('requestedBy')}>{backup.requestedBy ?? t('console.backup.by_schedule')}</Fact>
        <Fact name={named('verifiedAt')}>{time(backup.verifiedAt)}</Fact>
        <Fact name={named('bytes')}>{size(backup.bytes)}</Fact>
        <Fact name={named('tables')}>{number(backup.tables)}</Fact>
        <Fact name={named('rows')}>{number(backup.rows)}</Fact>
        <Fact name={named('objects')}>{number(backup.objects)}</Fact>
        <Fact name={named('encrypted')}>{t(`console.backup.encrypted.${backup.encrypted}`)}</Fact>
      </Facts>
      {said && <p className="said">{said}</p>}
    </>
  )
}
