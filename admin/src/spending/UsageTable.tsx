import { useTranslate } from 'react-admin'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import { RecordLink } from '../fields/RecordLink.tsx'
import { LoadError } from '../layout/LoadError.tsx'
import { useRead } from '../layout/use-read.ts'
import type { Usage } from '../records.ts'

const REFRESH_MS = 15_000

/** What this month cost everybody, by one thing; with the services in it. */
export function UsageTable({ group }: { group: 'day' | 'provider' | 'user' }) {
  const t = useTranslate()
  const { count, money } = useFormats()
  const { data, error, refetch } = useRead<Usage>(`/admin/usage?group=${group}`, REFRESH_MS)
  if (error) return <LoadError error={error} again={() => void refetch()} />
  if (!data) return null
  const { items, totals } = data
  return (
    <CardTable
      title={t(`console.spending.by_${group}`)}
      summary={t('console.spending.summary', {
        cost: money(totals.costMicroUsd),
        calls: count(totals.calls),
        unknown: count(totals.unknownCalls),
        from: data.from,
        to: data.to,
      })}
      empty={t('console.spending.empty')}
      columns={[
        {
          name: t(`console.spending.${group}`),
          cell: ({ key, name }) =>
            group === 'user' ? (
              <RecordLink resource="users" id={key}>
                {name ?? key}
              </RecordLink>
            ) : (
              key
            ),
        },
        { name: t('console.spending.calls'), cell: ({ calls }) => count(calls), className: 'r' },
        { name: t('console.call.unknown'), cell: ({ unknownCalls }) => count(unknownCalls), className: 'r' },
        { name: t('resources.usage-logs.fields.costMicroUsd'), cell: ({ costMicroUsd }) => money(costMicroUsd), className: 'r' },
        {
          name: t('console.spending.parts'),
          cell: ({ parts }) =>
            parts
              .filter(({ costMicroUsd }) => costMicroUsd > 0)
              .map((part) => `${part.provider} ${t(`console.step.${part.step}`)} ${money(part.costMicroUsd)}`)
              .join(', ') || t('console.none'),
          className: 'words',
        },
      ]}
      rows={group === 'day' ? items.toReversed() : items}
      keyOf={({ key }) => key}
    />
  )
}
