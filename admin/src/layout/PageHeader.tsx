import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useTranslate } from 'react-admin'

/** The title of a page, in Song type on the page itself, and in the browser's tab. */
export function PageHeader({ title, above, actions }: { title: string; above?: ReactNode; actions?: ReactNode }) {
  const name = useTranslate()('console.name')
  useEffect(() => {
    document.title = `${title} · AIMake ${name}`
  }, [title, name])
  return (
    <header className="page-header">
      {above && <p className="meta">{above}</p>}
      <div>
        <h1>{title}</h1>
        {actions && <span className="actions">{actions}</span>}
      </div>
    </header>
  )
}
