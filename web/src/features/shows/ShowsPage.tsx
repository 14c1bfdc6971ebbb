import '../sharing/sharing.css'
import check, { most } from 'api-check:post/api/shows'
import { useQuery } from '@tanstack/react-query'
import { Rss } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { Picture } from '../../components/Picture.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { address, ask } from '../../lib/api.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Show } from '../../lib/types.ts'

/** A person's shows, and the way to a new one. */
export default function ShowsPage() {
  const { t, language } = useTranslation()
  const say = useRefusalWords()
  const [, go] = useLocation()
  const form = useApiForm({
    check,
    start: { title: '' },
    bodyOf: ({ title }) => ({ title: title.trim(), language }),
    keptAs: 'new-show',
  })
  usePageTitle(t('sharing.shows'))
  const query = useQuery({
    queryKey: ['shows'],
    queryFn: ({ signal }) => ask<{ items: Show[] }>('/api/shows?limit=100', { signal }),
    refetchOnMount: 'always',
  })
  const begin = (body: object) =>
    ask<Show>('/api/shows', { method: 'POST', body })
      .then((show) => (form.done(), void queries.invalidateQueries({ queryKey: ['shows'] }), go(`/shows/${show.id}`)))
      .catch((error: unknown) => showToast(say(error)))
  return (
    <main className="page slim sharing" id="main" tabIndex={-1}>
      <h1 className="h1">{t('sharing.shows')}</h1>
      <p className="two">{t('sharing.showsHelp')}</p>
      {query.isPending && <Skeleton />}
      {query.isError && !query.data && (
        <Trouble
          title={t('shell.troubleTitle')}
          text={t('shell.troubleText')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data?.items.length === 0 && (
        <div className="empty">
          <h2 className="song">{t('sharing.noShows')}</h2>
          <p className="two">{t('sharing.noShowsText')}</p>
        </div>
      )}
      <ul className="rows">
        {query.data?.items.map((show) => (
          <li key={show.id} className="showrow">
            {show.coverUrl ? (
              <Picture src={address(show.coverUrl)} size={56} alt="" title={show.title} />
            ) : (
              <span className="nocover">
                <Rss className="i" strokeWidth={1.75} aria-hidden="true" />
              </span>
            )}
            <div>
              <Link className="n" href={`/shows/${show.id}`}>
                {show.title}
              </Link>
              <p className="meta">{t('sharing.showCounts', { count: show.episodes, published: show.published })}</p>
              {show.description !== '' && <p className="meta about">{show.description}</p>}
            </div>
          </li>
        ))}
      </ul>
      <form noValidate onSubmit={form.sends(begin)}>
        <Field form={form} name="title" label={t('sharing.showName')} autoComplete="off" most={most['title']} />
        <div className="acts">
          <button type="submit" className="btn ink" disabled={form.formState.isSubmitting}>
            {t('sharing.begin')}
          </button>
        </div>
      </form>
    </main>
  )
}
