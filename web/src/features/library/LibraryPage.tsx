import './library.css'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Chips } from '../../controls/Chips.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { ContinueListening } from './ContinueListening.tsx'
import { EmptyLibrary } from './EmptyLibrary.tsx'
import { EpisodeRow } from './EpisodeRow.tsx'
import { ListTrouble } from './ListTrouble.tsx'
import { SearchHits } from './SearchHits.tsx'
import { SearchField } from './SearchField.tsx'
import { SortMenu } from './SortMenu.tsx'
import { filters, useCounts, useEpisodeList } from './episode-list.ts'
import type { Filter, Sort } from './episode-list.ts'

/** Everything made, and what is being made. */
export default function LibraryPage() {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const [sort, setSort] = useState<Sort>('newest')
  const list = useEpisodeList({ q, filter, sort })
  const counts = useCounts(list.dataUpdatedAt).data
  usePageTitle(t('library.title'))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const isEmpty = list.data !== undefined && items.length === 0 && q === '' && !list.isPlaceholderData
  const hasNone = isEmpty && filter === 'all'
  return (
    <main className="page" id="main" tabIndex={-1}>
      <div className="libhead">
        <h1 className="h1">{t('library.title')}</h1>
        <Link className="btn wide" href="/new">
          <Plus className="i" strokeWidth={1.75} aria-hidden="true" />
          {t('shell.new')}
        </Link>
      </div>
      {!hasNone && q === '' && <ContinueListening />}
      <div className="seek">
        <SearchField onSearch={setQ} />
        <SortMenu sort={sort} onChoose={setSort} />
      </div>
      {!hasNone && (
        <Chips
          label={t('library.filter')}
          options={filters.map((value) => ({ value, words: t(`library.filters.${value}`), count: counts?.[value] }))}
          chosen={filter}
          onChoose={setFilter}
        />
      )}
      {list.isPending && <Skeleton />}
      {list.isError && !list.data && <ListTrouble error={list.error} onRetry={() => void list.refetch()} />}
      {q !== '' && <SearchHits q={q} hasEpisodes={items.length > 0 || !list.data} />}
      {hasNone && <EmptyLibrary q={q} />}
      {isEmpty && !hasNone && (
        <div className="empty" role="status">
          <h2 className="song">{t('library.noneIn')}</h2>
          <p className="two">{t('library.noneInHint')}</p>
          <div className="acts">
            <button type="button" className="btn" onClick={() => setFilter('all')}>
              {t('library.showAll')}
            </button>
          </div>
        </div>
      )}
      {items.length > 0 && (
        <>
          <p className={q === '' ? 'vh' : 'meta count'} role="status">
            {q !== '' && t(list.hasNextPage ? 'library.foundMore' : 'library.found', { count: items.length })}
          </p>
          <ul className="works">
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
