import type { ReactNode } from 'react'
import { useCreatePath } from 'react-admin'
import { Link } from 'react-router-dom'

/** Leads to the page of one record. Its own press, also inside a row that leads elsewhere. */
export function RecordLink({ resource, id, children }: { resource: string; id: string; children: ReactNode }) {
  const path = useCreatePath()({ resource, type: 'show', id })
  return (
    <Link className="link" to={path} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  )
}

/** Leads to a list, filtered. */
export function FilteredLink({ resource, filter, children }: { resource: string; filter: object; children: ReactNode }) {
  const path = useCreatePath()({ resource, type: 'list' })
  return (
    <Link className="button" to={`${path}?${new URLSearchParams({ filter: JSON.stringify(filter) })}`}>
      {children}
    </Link>
  )
}
