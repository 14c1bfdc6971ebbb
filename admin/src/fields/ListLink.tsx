import { useCreatePath, useTranslate } from 'react-admin'
import { Link } from 'react-router-dom'

/** Back to the list a record stands in. */
export function ListLink({ resource }: { resource: string }) {
  const t = useTranslate()
  return (
    <Link className="link" to={useCreatePath()({ resource, type: 'list' })}>
      {t(`resources.${resource}.name`)}
    </Link>
  )
}
