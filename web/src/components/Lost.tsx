import { Link } from 'wouter'
import { useTranslation } from '../i18n/translation.ts'
import { usePageTitle } from '../lib/page-title.ts'

/** Nothing is at this address: says so, and where to go. */
export function Lost({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation()
  usePageTitle(title)
  return (
    <main className="page slim" id="main" tabIndex={-1}>
      <h1 className="h1">{title}</h1>
      <p className="two" style={{ margin: 'var(--x2) 0 var(--x5)' }}>
        {text}
      </p>
      <Link className="btn" href="/library">
        {t('shell.toLibrary')}
      </Link>
    </main>
  )
}
