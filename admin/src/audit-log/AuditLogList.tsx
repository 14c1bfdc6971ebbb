import { AutocompleteInput, DataTable, ReferenceInput, SelectInput, TextInput, useTranslate } from 'react-admin'
import { RecordLink } from '../fields/RecordLink.tsx'
import { useFormats } from '../fields/formats.ts'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { AuditEntry } from '../records.ts'
import { Difference } from './Difference.tsx'
import './audit-log.css'

const Column = DataTable.Col<AuditEntry>
const things = ['episode', 'user', 'provider', 'voice', 'price', 'settings', 'notice', 'schedule', 'reconcile', 'backup'] as const

/** Who did what, to what, and how that was before and after. Nobody can change or remove a line of it. */
export function AuditLogList() {
  const t = useTranslate()
  return (
    <ConsoleList<AuditEntry> sort={{ field: 'createdAt', order: 'DESC' }} filters={useFilters()} lead={t('console.audit.lead')}>
      <Rows />
    </ConsoleList>
  )
}

function useFilters() {
  const t = useTranslate()
  const choices = things.map((thing) => ({ id: `${thing}.`, name: t(`console.audit.thing.${thing}`) }))
  return [
    <SelectInput key="action" source="action" alwaysOn choices={choices} translateChoice={false} />,
    <TextInput key="subject" source="subject" alwaysOn />,
    <ReferenceInput key="actorId" source="actorId" reference="users" alwaysOn sort={{ field: 'email', order: 'ASC' }}>
      <AutocompleteInput optionText="email" label="resources.audit-log.fields.actorId" />
    </ReferenceInput>,
  ]
}

function Rows() {
  const t = useTranslate()
  const { instant } = useFormats()
  return (
    <DataTable<AuditEntry> bulkActionButtons={false} empty={<NothingFound />} rowClick={false}>
      <Column source="createdAt" render={({ createdAt }) => instant(createdAt)} />
      <Column source="actorId" disableSort cellClassName="clip" render={({ actorEmail, actorId }) => actorEmail ?? actorId} />
      <Column
        source="action"
        disableSort
        render={({ action }) => t(`console.audit.action.${action.replace('.', '_')}`, { _: action })}
      />
      <Column source="subject" disableSort cellClassName="subject" render={({ subject }) => <Subject subject={subject} />} />
      <Column source="difference" disableSort cellClassName="difference" render={(entry) => <Difference entry={entry} />} />
      <Column
        source="requestId"
        disableSort
        cellClassName="clip two"
        render={({ requestId }) => (
          <span className="mono" title={requestId ?? ''}>
            {requestId ?? t('console.none')}
          </span>
        )}
      />
    </DataTable>
  )
}

/** Leads to what it was, where that has a page. */
function Subject({ subject }: { subject: string }) {
  const [kind = '', ...rest] = subject.split(':')
  const id = rest.join(':')
  const words = <span className="mono">{subject}</span>
  if (kind !== 'episode' && kind !== 'user') return words
  return (
    <RecordLink resource={`${kind}s`} id={id}>
      {words}
    </RecordLink>
  )
}
