import { useTranslate } from 'react-admin'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import type { BackupDetail } from '../records.ts'

interface Line {
  name: string
  value: string
}

/** What the last restore into a scratch database found, a line a thing that was compared. */
export function DrillReport({ backup: { drill, dumpObject, sha256 } }: { backup: BackupDetail }) {
  const t = useTranslate()
  const { count, moment, span } = useFormats()
  const columns = [
    { name: t('console.backup.what'), cell: ({ name }: Line) => name },
    { name: t('console.backup.found'), cell: ({ value }: Line) => value, className: 'value' },
  ]
  const lines: Line[] = drill
    ? [
        { name: t('console.backup.compared.rows'), value: t('console.backup.equal', { count: count(drill.rows) }) },
        { name: t('console.backup.compared.tables'), value: t('console.backup.equal', { count: count(drill.tables) }) },
        ...Object.entries(drill.compared)
          .filter(([kind, number]) => kind !== 'tables' && number > 0)
          .map(([kind, number]) => ({
            name: t(`console.backup.compared.${kind}`, { _: kind }),
            value: t('console.backup.equal', { count: count(number) }),
          })),
        {
          name: t('console.backup.smoke'),
          value: t('console.backup.smoke_found', {
            users: count(drill.smoke['users'] ?? 0),
            episodes: count(drill.smoke['episodes'] ?? 0),
          }),
        },
      ]
    : []
  return (
    <>
      <CardTable
        title={t('console.backup.drill')}
        summary={drill ? t('console.backup.drilled', { when: moment(drill.at), span: span(drill.durationMs) }) : ''}
        empty={t('console.backup.no_drill')}
        columns={columns}
        rows={lines}
        keyOf={({ name }) => name}
      />
      {dumpObject && (
        <p className="meta digest">
          <span className="mono">{dumpObject}</span> SHA-256 <span className="mono">{sha256}</span>
        </p>
      )}
    </>
  )
}
