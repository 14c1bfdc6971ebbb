import { DataTable, useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { RecordLink } from '../fields/RecordLink.tsx'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import type { Backup } from '../records.ts'
import { BackupStateTag } from './BackupStateTag.tsx'
import { RunBackup } from './RunBackup.tsx'
import { useBackupWords } from './backup-words.ts'
import './backups.css'

const REFRESH_MS = 1_500

const Column = DataTable.Col<Backup>

export const isMoving = ({ status, isDrilling, endedAt }: Backup) => status === 'running' || isDrilling || endedAt === null

/** Every backup and every try, the newest first. */
export function BackupList() {
  const t = useTranslate()
  return (
    <ConsoleList<Backup>
      sort={{ field: 'startedAt', order: 'DESC' }}
      filters={[]}
      actions={<RunBackup />}
      lead={t('console.backup.lead')}
      refreshMs={(backups) => (backups.some(isMoving) ? REFRESH_MS : false)}
    >
      <Rows />
    </ConsoleList>
  )
}

function Rows() {
  const t = useTranslate()
  const { count, moment } = useFormats()
  const { size, remark } = useBackupWords()
  return (
    <DataTable<Backup> bulkActionButtons={false} rowClick="show">
      <Column
        source="startedAt"
        disableSort
        render={({ id, startedAt, requestedBy }) => (
          <>
            <RecordLink resource="backups" id={id}>
              {moment(startedAt)}
            </RecordLink>
            <p className="meta">{requestedBy ?? t('console.backup.by_schedule')}</p>
          </>
        )}
      />
      <Column
        source="status"
        cellClassName="state"
        disableSort
        render={(backup) => (
          <>
            <BackupStateTag status={backup.status} />
            <p className="meta remark">{remark(backup)}</p>
          </>
        )}
      />
      <Column source="bytes" align="right" disableSort render={({ bytes }) => size(bytes)} />
      <Column source="rows" align="right" disableSort render={({ rows }) => (rows === null ? t('console.none') : count(rows))} />
      <Column source="drilledAt" disableSort render={({ drilledAt }) => (drilledAt ? moment(drilledAt) : t('console.none'))} />
    </DataTable>
  )
}
