import { AutocompleteInput, DataTable, ReferenceInput, SearchInput, SelectInput, useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { Pair } from '../fields/Pair.tsx'
import { RecordLink } from '../fields/RecordLink.tsx'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { AdminEpisode } from '../records.ts'
import { isMoving, statuses } from './episode-status.ts'
import { EpisodeStatusTag } from './EpisodeStatusTag.tsx'

const Column = DataTable.Col<AdminEpisode>
const REFRESH_MS = 5000

export function EpisodeList() {
  return (
    <ConsoleList<AdminEpisode>
      sort={{ field: 'createdAt', order: 'DESC' }}
      filters={useFilters()}
      refreshMs={(rows) => rows.some(({ status }) => isMoving(status)) && REFRESH_MS}
    >
      <Rows />
    </ConsoleList>
  )
}

function useFilters() {
  const t = useTranslate()
  const choices = statuses.map((id) => ({ id, name: t(`console.status_name.${id}`) }))
  return [
    <SearchInput key="q" source="q" alwaysOn placeholder={t('resources.episodes.fields.q')} />,
    <SelectInput key="status" source="status" alwaysOn choices={choices} translateChoice={false} />,
    <ReferenceInput key="userId" source="userId" reference="users" alwaysOn sort={{ field: 'email', order: 'ASC' }}>
      <AutocompleteInput optionText="email" label="resources.episodes.fields.userId" />
    </ReferenceInput>,
  ]
}

function Rows() {
  const t = useTranslate()
  const { money, moment, span } = useFormats()
  return (
    <DataTable<AdminEpisode> bulkActionButtons={false} empty={<NothingFound />} rowClick="show">
      <Column
        source="title"
        cellClassName="title"
        render={({ id, title, deletedAt }) => (
          <>
            <RecordLink resource="episodes" id={id}>
              {title}
            </RecordLink>
            {deletedAt && <span className="meta"> {t('console.deleted')}</span>}
          </>
        )}
      />
      <Column source="status" render={(episode) => <EpisodeStatusTag episode={episode} />} />
      <Column source="userEmail" disableSort cellClassName="clip two" />
      <Column
        source="kind"
        disableSort
        render={({ kind, language }) => <Pair left={t(`console.kind.${kind}`)} right={t(`console.language_name.${language}`)} />}
      />
      <Column
        source="firstSoundMs"
        align="right"
        disableSort
        render={({ firstSoundMs }) => (firstSoundMs === null ? '—' : span(firstSoundMs))}
      />
      <Column source="costMicroUsd" align="right" disableSort render={({ costMicroUsd }) => money(costMicroUsd)} />
      <Column source="createdAt" render={({ createdAt }) => moment(createdAt)} />
      <Column source="updatedAt" render={({ updatedAt }) => moment(updatedAt)} />
    </DataTable>
  )
}
