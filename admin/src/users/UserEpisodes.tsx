import { useGetList, useTranslate } from 'react-admin'
import { EpisodeStatusTag } from '../episodes/EpisodeStatusTag.tsx'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import { RecordLink } from '../fields/RecordLink.tsx'
import { LoadError } from '../layout/LoadError.tsx'
import type { AdminEpisode } from '../records.ts'

const NEWEST = 10

/** The person's newest episodes; the whole list is one press away. */
export function UserEpisodes({ userId }: { userId: string }) {
  const t = useTranslate()
  const { money, moment } = useFormats()
  const { data, total, error, refetch } = useGetList<AdminEpisode>('episodes', {
    pagination: { page: 1, perPage: NEWEST },
    sort: { field: 'createdAt', order: 'DESC' },
    filter: { userId },
  })
  if (error) return <LoadError error={error} again={() => void refetch()} />
  if (!data) return <p className="nothing-yet">{t('console.loading')}</p>
  const named = (field: string) => t(`resources.episodes.fields.${field}`)
  return (
    <CardTable
      title={t('resources.episodes.name')}
      summary={t('ra.navigation.page_range_info', { offsetBegin: 1, offsetEnd: data.length, total })}
      empty={t('console.user.no_episodes')}
      columns={[
        {
          name: named('title'),
          cell: ({ id, title }) => (
            <RecordLink resource="episodes" id={id}>
              {title}
            </RecordLink>
          ),
        },
        { name: named('status'), cell: (episode) => <EpisodeStatusTag episode={episode} /> },
        { name: named('costMicroUsd'), cell: ({ costMicroUsd }) => money(costMicroUsd), className: 'r' },
        { name: named('createdAt'), cell: ({ createdAt }) => moment(createdAt) },
      ]}
      rows={data}
      keyOf={({ id }) => id}
    />
  )
}
