import { useQuery } from '@tanstack/react-query'
import { useTranslate } from 'react-admin'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import type { AdminEpisodeDetail, Receipt } from '../records.ts'
import { request } from '../request.ts'

/** What the episode cost its owner, version by version, as their own receipt has it. */
export function ReceiptCard({ episode }: { episode: AdminEpisodeDetail }) {
  const t = useTranslate()
  const { count, money, moment } = useFormats()
  const { data } = useQuery({
    // Read again whenever the episode has become other.
    queryKey: ['receipt', episode.id, episode.updatedAt, episode.costMicroUsd],
    queryFn: async () => (await request(`/admin/episodes/${episode.id}/receipt`)) as Receipt,
    placeholderData: (before: Receipt | undefined) => before,
    retry: false,
  })
  if (!data) return null
  const { totals } = data
  const callsOf = (version: number) => data.calls.filter((call) => call.version === version).length
  return (
    <CardTable
      title={t('console.receipt.title')}
      summary={t(totals.upToMicroUsd > 0 ? 'console.receipt.summary_up_to' : 'console.receipt.summary', {
        cost: money(totals.costMicroUsd),
        upTo: money(totals.upToMicroUsd),
        calls: count(totals.calls),
        reused: count(totals.reusedLines),
      })}
      empty={t('console.calls.empty')}
      rows={data.versions}
      keyOf={({ number }) => String(number)}
      columns={[
        { name: t('console.episode.version'), cell: ({ number }) => number },
        { name: t('console.receipt.began'), cell: ({ createdAt }) => moment(createdAt) },
        { name: t('console.receipt.lines'), cell: ({ lines }) => count(lines), className: 'r' },
        { name: t('console.receipt.reused'), cell: ({ reused }) => count(reused.length), className: 'r' },
        { name: t('console.spending.calls'), cell: ({ number }) => count(callsOf(number)), className: 'r' },
        { name: t('console.receipt.reserved'), cell: ({ reservedMicroUsd }) => money(reservedMicroUsd), className: 'r' },
        { name: t('console.calls.cost'), cell: ({ costMicroUsd }) => money(costMicroUsd), className: 'r' },
      ]}
    />
  )
}
