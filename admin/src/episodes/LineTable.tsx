import { useTranslate } from 'react-admin'
import { CardTable } from '../fields/CardTable.tsx'
import type { Column } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import { Tag } from '../fields/Tag.tsx'
import type { TagLook } from '../fields/Tag.tsx'
import type { AdminLine } from '../records.ts'

const looks: Record<AdminLine['status'], TagLook> = {
  waiting: { mark: 'dashed' },
  voicing: { mark: 'voicing', tone: 'on' },
  ready: { mark: 'check' },
  failed: { mark: 'hold', tone: 'hold' },
  skipped: { mark: 'minus' },
}

/** The lines of the newest version: who says what, by which voice, and how far it is. */
export function LineTable({ lines, language }: { lines: AdminLine[]; language: string }) {
  const t = useTranslate()
  const count = (...statuses: AdminLine['status'][]) => lines.filter(({ status }) => statuses.includes(status)).length
  const counts = { total: lines.length, ready: count('ready'), failed: count('failed'), waiting: count('waiting', 'voicing') }
  return (
    <CardTable
      title={t('console.lines.title')}
      summary={t('console.lines.summary', counts)}
      empty={t('console.lines.empty')}
      columns={useColumns(language)}
      rows={lines.toSorted((a, b) => a.position - b.position)}
      keyOf={({ id }) => id}
      first={30}
    />
  )
}

function useColumns(language: string): Column<AdminLine>[] {
  const t = useTranslate()
  const { clock, span } = useFormats()
  return [
    { name: t('console.lines.position'), cell: ({ position }) => position + 1, className: 'r' },
    { name: t('console.lines.speaker'), cell: ({ speaker }) => speaker },
    { name: t('console.lines.text'), cell: (line) => <Words line={line} language={language} />, className: 'words' },
    { name: t('console.lines.state'), cell: ({ status }) => <Tag look={looks[status]}>{t(`console.line.${status}`)}</Tag> },
    { name: t('console.lines.provider'), cell: ({ provider }) => provider },
    { name: t('console.lines.model'), cell: ({ model }) => model },
    { name: t('console.lines.length'), cell: ({ durationMs }) => (durationMs === null ? '—' : span(durationMs)), className: 'r' },
    { name: t('console.lines.ready_at'), cell: ({ readyAt }) => (readyAt ? clock(readyAt) : '—'), className: 'two' },
  ]
}

function Words({ line, language }: { line: AdminLine; language: string }) {
  return (
    <>
      <span lang={language}>{line.text}</span>
      {line.failure && (
        <span className="meta failure">
          {line.failure.detail} <span className="mono">{line.failure.code}</span>
        </span>
      )}
    </>
  )
}
