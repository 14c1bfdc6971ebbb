import './library.css'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { EmptyLibrary } from './EmptyLibrary.tsx'
import { EpisodeRow } from './EpisodeRow.tsx'
import { ListTrouble } from './ListTrouble.tsx'
import { SearchHits } from './SearchHits.tsx'
import { SearchField } from './SearchField.tsx'
import { useEpisodeList } from './episode-list.ts'

/** Everything made, and what is being made. */
export default function LibraryPage() {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const list = useEpisodeList(q)
  usePageTitle(t('library.title'))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <main className="page" id="main" tabIndex={-1}>
      <div className="libhead">
        <h1 className="h1">{t('library.title')}</h1>
        <Link className="btn wide" href="/new">
          <Plus className="i" strokeWidth={1.75} aria-hidden="true" />
          {t('shell.new')}
        </Link>
      </div>
      <SearchField onSearch={setQ} />
      {list.isPending && <Skeleton />}
      {list.isError && !list.data && <ListTrouble error={list.error} onRetry={() => void list.refetch()} />}
      {q !== '' && <SearchHits q={q} hasEpisodes={items.length > 0 || !list.data} />}
      {list.data && items.length === 0 && q === '' && <EmptyLibrary q={q} />}
      {items.length > 0 && (
        <>
          <p className={q === '' ? 'vh' : 'meta count'} role="status">
            {q !== '' && t(list.hasNextPage ? 'library.foundMore' : 'library.found', { count: items.length })}
          </p>
          <ul>
            {items.map((item) => (
              <EpisodeRow key={item.id} item={item} />
            ))}
          </ul>
          <p className="meta tailrow">
            {list.hasNextPage ? (
              <button type="button" className="btn" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('library.more')}
              </button>
            ) : (
              t('library.end')
            )}
          </p>
        </>
      )}
    </main>
  )
}
