import { useResourceContext, useShowContext, useTranslate } from 'react-admin'
import { ListLink } from '../fields/ListLink.tsx'
import { LoadError } from './LoadError.tsx'

/** In place of a record that is not there: it is still being read, or it was not read. */
export function ShowFailed() {
  const t = useTranslate()
  const resource = useResourceContext() ?? ''
  const { error, isPending, refetch } = useShowContext()
  if (isPending) return <p className="page nothing-yet">{t('console.loading')}</p>
  return (
    <div className="page">
      <p className="meta">
        <ListLink resource={resource} />
      </p>
      <LoadError error={error} again={() => void refetch()} />
    </div>
  )
}
