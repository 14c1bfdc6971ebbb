import { useTranslate } from 'react-admin'
import { CardTable } from '../fields/CardTable.tsx'
import type { Column } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import type { AdminEpisodeDetail, CallStatus, UsageLog } from '../records.ts'
import { CallStatusTag } from '../usage-logs/CallStatusTag.tsx'
import { useCallWords } from '../usage-logs/use-call-words.ts'
import { reusedLines } from './reused-lines.ts'

/** Every call of this episode to a provider, the newest first, whatever its end. */
export function PaidCalls({ episode }: { episode: AdminEpisodeDetail }) {
  const t = useTranslate()
  const calls = episode.usageLogs
  return (
    <CardTable
      title={t('console.calls.title')}
      summary={useSummary(calls, reusedLines(episode).length)}
      empty={t('console.calls.empty')}
      columns={useColumns(calls)}
      rows={calls.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))}
      keyOf={({ id }) => id}
    />
  )
}

function useSummary(calls: UsageLog[], reused: number): string {
  const t = useTranslate()
  const { money } = useFormats()
  const count = (status: CallStatus) => calls.filter((call) => call.status === status).length
  const cost = money(calls.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0))
  const started = count('started')
  const cancelled = count('cancelled')
  return [
    t('console.calls.summary', {
      total: calls.length,
      settled: count('settled'),
      reused,
      failed: count('failed'),
      unknown: count('unknown'),
      cost,
    }),
    started > 0 ? t('console.calls.running', { started }) : '',
    cancelled > 0 ? t('console.calls.stopped', { cancelled }) : '',
  ].join('')
}

function useColumns(calls: UsageLog[]): Column<UsageLog>[] {
  const t = useTranslate()
  const { amount, note, what } = useCallWords()
  const { clock, money, span } = useFormats()
  const tries = countTries(calls)
  return [
    { name: t('console.calls.time'), cell: ({ startedAt }) => clock(startedAt) },
    { name: t('console.calls.what'), cell: what },
    { name: t('console.calls.provider'), cell: ({ provider }) => provider },
    { name: t('console.calls.model'), cell: ({ model }) => model },
    { name: t('console.calls.result'), cell: ({ status }) => <CallStatusTag status={status} /> },
    {
      name: t('console.calls.attempts'),
      cell: ({ id }) => t('console.calls.attempt', { attempt: tries.get(id) ?? 1 }),
      className: 'two',
    },
    { name: t('console.calls.note'), cell: note, className: 'two' },
    { name: t('console.calls.amount'), cell: amount, className: 'r' },
    { name: t('console.calls.took'), cell: ({ durationMs }) => (durationMs === null ? '—' : span(durationMs)), className: 'r' },
    {
      name: t('console.calls.cost'),
      cell: ({ costMicroUsd }) => (costMicroUsd === null ? '—' : money(costMicroUsd)),
      className: 'r',
    },
    {
      name: t('console.calls.key'),
      cell: ({ contentKey }) => <span title={contentKey}>{contentKey.slice(0, 8)}…</span>,
      className: 'mono two',
    },
  ]
}

/** Which try of the same purchase a call was, told by order of time. */
function countTries(calls: UsageLog[]): Map<string, number> {
  const seen = new Map<string, number>()
  return new Map(
    calls
      .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
      .map(({ id, contentKey }) => {
        const attempt = (seen.get(contentKey) ?? 0) + 1
        seen.set(contentKey, attempt)
        return [id, attempt]
      }),
  )
}
