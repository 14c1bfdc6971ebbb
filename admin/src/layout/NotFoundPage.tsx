import { useTranslate } from 'react-admin'
import { Link } from 'react-router-dom'
import { PageHeader } from './PageHeader.tsx'

export function NotFoundPage() {
  const t = useTranslate()
  return (
    <div className="page">
      <PageHeader title={t('console.not_found.title')} />
      <p className="nothing-yet">{t('console.not_found.body')}</p>
      <Link className="button" to="/">
        {t('console.not_found.back')}
      </Link>
    </div>
  )
}
