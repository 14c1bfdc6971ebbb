import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslate } from 'react-admin'

export interface Column<T> {
  name: string
  cell: (row: T) => ReactNode
  className?: string
}

interface CardTableProps<T> {
  title: string
  summary: ReactNode
  empty: string
  columns: Column<T>[]
  rows: T[]
  keyOf: (row: T) => string
  /** How many rows stand there before one asks for all. */
  first?: number
}

/** A card with a titled table; long ones start folded, wide ones scroll sideways inside the card. */
export function CardTable<T>({ title, summary, empty, columns, rows, keyOf, first = 20 }: CardTableProps<T>) {
  const t = useTranslate()
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, first)
  return (
    <section className="card" aria-label={title}>
      <h2>
        {title}
        {rows.length > 0 && <span className="meta">{summary}</span>}
      </h2>
      {rows.length === 0 ? (
        <p className="nothing">{empty}</p>
      ) : (
        <Table columns={columns} rows={shown} keyOf={keyOf} title={title} />
      )}
      {rows.length > first && (
        <button type="button" className="more" onClick={() => setAll(!all)}>
          {all ? t('console.fewer') : t('console.all', { count: rows.length })}
        </button>
      )}
    </section>
  )
}

function Table<T>({ columns, rows, keyOf, title }: Pick<CardTableProps<T>, 'columns' | 'rows' | 'keyOf' | 'title'>) {
  return (
    // Focusable, so that the keyboard can scroll what is wider than the card.
    <div className="scroll" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, className }) => (
              <th key={name} scope="col" className={className}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, className }) => (
                <td key={name} className={className}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
