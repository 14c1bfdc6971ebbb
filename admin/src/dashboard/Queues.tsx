import { useTranslate } from 'react-admin'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import type { Dashboard } from '../records.ts'

/** From this age on the alert rings. */
const TOO_OLD_MS = 15 * 60_000

/** Lines that wait for each provider, and how long the oldest of them has. */
export function Queues({ queues }: { queues: Dashboard['queues'] }) {
  const t = useTranslate()
  const { count, span } = useFormats()
  const waiting = queues?.reduce((sum, one) => sum + one.waiting, 0) ?? 0
  return (
    <CardTable
      title={t('console.dashboard.queues')}
      summary={t('console.dashboard.queues_summary', { smart_count: waiting, count: count(waiting) })}
      empty={t('console.dashboard.queues_unknown')}
      rows={queues ?? []}
      keyOf={({ provider }) => provider}
      columns={[
        { name: t('console.calls.provider'), cell: ({ provider }) => provider },
        { name: t('console.dashboard.queue_waiting'), cell: (queue) => count(queue.waiting), className: 'r' },
        {
          name: t('console.dashboard.queue_oldest'),
          cell: ({ oldestMs, waiting: lines }) => (
            <span className={oldestMs > TOO_OLD_MS ? 'failure' : ''}>{lines === 0 ? t('console.none') : span(oldestMs)}</span>
          ),
          className: 'r',
        },
      ]}
    />
  )
}
