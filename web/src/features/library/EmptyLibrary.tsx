import { Plus } from 'lucide-react'
import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'

/** Nothing made yet, or nothing found. */
export function EmptyLibrary({ q }: { q: string }) {
  const { t } = useTranslation()
  if (q !== '') {
    return (
      <div className="empty" role="status">
        <h2 className="song">{t('library.none', { q })}</h2>
        <p className="two">{t('library.noneHint')}</p>
      </div>
    )
  }
  return (
    <div className="empty">
      <h2 className="song">{t('library.emptyTitle')}</h2>
      <p className="two">{t('library.emptyText')}</p>
      <div className="acts">
        <Link className="btn go" href="/new">
          <Plus className="i" aria-hidden="true" />
          {t('library.emptyAct')}
        </Link>
      </div>
    </div>
  )
}
