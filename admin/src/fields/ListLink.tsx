import type { ReactNode } from 'react'
import { useCreatePath, useTranslate } from 'react-admin'
import { Link } from 'react-router-dom'

/** Back to the list a record stands in. */
export function ListLink({ resource, children }: { resource: string; children?: ReactNode }) {
  const t = useTranslate()
  return (
    <Link className="link" to={useCreatePath()({ resource, type: 'list' })}>
      {children ?? t(`resources.${resource}.name`)}
    </Link>
  )
}
