import { AutocompleteInput, DataTable, DateInput, ReferenceInput, SelectInput, TextInput, useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { RecordLink } from '../fields/RecordLink.tsx'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { UsageLog } from '../records.ts'
import { CallStatusTag, callStatuses } from './CallStatusTag.tsx'
import { DailyCosts } from './DailyCosts.tsx'
import { TakeAlong } from './TakeAlong.tsx'
import { useCallWords } from './use-call-words.ts'

const Column = DataTable.Col<UsageLog>

export function UsageLogList() {
  return (
    <ConsoleList<UsageLog> sort={{ field: 'startedAt', order: 'DESC' }} filters={useFilters()} above={<DailyCosts />}>
      <TakeAlong />
      <Rows />
    </ConsoleList>
  )
}

function useFilters() {
  const t = useTranslate()
  const choices = callStatuses.map((id) => ({ id, name: t(`console.call.${id}`) }))
  return [
    <SelectInput key="status" source="status" alwaysOn choices={choices} translateChoice={false} />,
    <TextInput key="provider" source="provider" alwaysOn />,
    <DateInput key="from" source="from" alwaysOn />,
    <DateInput key="to" source="to" alwaysOn />,
    <ReferenceInput key="userId" source="userId" reference="users" alwaysOn sort={{ field: 'email', order: 'ASC' }}>
      <AutocompleteInput optionText="email" label="resources.usage-logs.fields.userId" />
    </ReferenceInput>,
    <ReferenceInput key="episodeId" source="episodeId" reference="episodes" alwaysOn sort={{ field: 'createdAt', order: 'DESC' }}>
      <AutocompleteInput optionText="title" label="resources.usage-logs.fields.episodeId" />
    </ReferenceInput>,
  ]
}

function Rows() {
  const t = useTranslate()
  const { amount, note } = useCallWords()
  const { money, instant, span } = useFormats()
  return (
    <DataTable<UsageLog> bulkActionButtons={false} empty={<NothingFound />} rowClick={false}>
      <Column source="startedAt" render={({ startedAt }) => instant(startedAt)} />
      <Column
        source="userEmail"
        disableSort
        cellClassName="clip"
        render={({ userId, userEmail }) => (
          <RecordLink resource="users" id={userId}>
            {userEmail}
          </RecordLink>
        )}
      />
      <Column source="step" disableSort render={(log) => <What log={log} />} />
      <Column source="provider" disableSort />
      <Column source="model" disableSort />
      <Column source="status" disableSort render={({ status }) => <CallStatusTag status={status} />} />
      <Column source="units" align="right" disableSort render={amount} />
      <Column
        source="durationMs"
        align="right"
        render={({ durationMs }) => (durationMs === null ? t('console.none') : span(durationMs))}
      />
      <Column
        source="costMicroUsd"
        align="right"
        render={({ costMicroUsd }) => (costMicroUsd === null ? t('console.none') : money(costMicroUsd))}
      />
      <Column
        source="outcome"
        disableSort
        cellClassName="clip two"
        render={(log) => <span title={note(log)}>{note(log)}</span>}
      />
    </DataTable>
  )
}

/** What the call was for; leads to the episode it belongs to. */
function What({ log }: { log: UsageLog }) {
  const name = useCallWords().what(log)
  if (!log.episodeId) return name
  return (
    <RecordLink resource="episodes" id={log.episodeId}>
      {name}
    </RecordLink>
  )
}
