import { useGetList, useTranslate } from 'react-admin'
import { EpisodeStatusTag } from '../episodes/EpisodeStatusTag.tsx'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import { ListLink } from '../fields/ListLink.tsx'
import { RecordLink } from '../fields/RecordLink.tsx'
import { useIsSignedIn } from '../layout/use-read.ts'
import type { AdminEpisode } from '../records.ts'

const NEWEST = 8
const REFRESH_MS = 10_000

/** What was ordered last, whoever ordered it. */
export function LatestEpisodes() {
  const t = useTranslate()
  const { money, moment, span } = useFormats()
  const { data = [] } = useGetList<AdminEpisode>(
    'episodes',
    { pagination: { page: 1, perPage: NEWEST }, sort: { field: 'createdAt', order: 'DESC' }, filter: {} },
    { enabled: useIsSignedIn(), refetchInterval: REFRESH_MS, retry: false, onError: () => undefined },
  )
  const named = (field: string) => t(`resources.episodes.fields.${field}`)
  return (
    <CardTable
      title={t('resources.episodes.name')}
      summary={<ListLink resource="episodes">{t('console.dashboard.all')}</ListLink>}
      empty={t('resources.episodes.empty')}
      rows={data}
      keyOf={({ id }) => id}
      columns={[
        {
          name: named('title'),
          cell: ({ id, title }) => (
            <RecordLink resource="episodes" id={id}>
              {title}
            </RecordLink>
          ),
          className: 'title',
        },
        { name: named('userEmail'), cell: ({ userEmail }) => userEmail, className: 'clip two' },
        { name: named('status'), cell: (episode) => <EpisodeStatusTag episode={episode} /> },
        {
          name: named('firstSoundMs'),
          cell: ({ firstSoundMs }) => (firstSoundMs === null ? t('console.none') : span(firstSoundMs)),
          className: 'r',
        },
        { name: named('costMicroUsd'), cell: ({ costMicroUsd }) => money(costMicroUsd), className: 'r' },
        { name: named('createdAt'), cell: ({ createdAt }) => moment(createdAt) },
      ]}
    />
  )
}
