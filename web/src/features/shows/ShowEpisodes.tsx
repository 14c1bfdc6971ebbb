import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Switch } from '../../controls/Switch.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { ShowEpisode } from '../../lib/types.ts'

/** The episodes of a show, each in its feed or not. */
export function ShowEpisodes({ showId }: { showId: string }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const key = ['show-episodes', showId]
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask<{ items: ShowEpisode[] }>(`/api/shows/${showId}/episodes?limit=100`, { signal }),
    refetchOnMount: 'always',
  })
  const change = (method: 'PUT' | 'DELETE', id: string, body?: { published: boolean }) =>
    void ask(`/api/shows/${showId}/episodes/${id}`, { method, ...(body && { body }) })
      .catch((error: unknown) => showToast(say(error)))
      .finally(() => {
        void queries.invalidateQueries({ queryKey: key })
        void queries.invalidateQueries({ queryKey: ['feed-check', showId] })
      })
  const items = query.data?.items ?? []
  return (
    <section className="part">
      <h2 className="h3">{t('sharing.episodes')}</h2>
      {query.data && items.length === 0 && <p className="meta">{t('sharing.noEpisodes')}</p>}
      <ul className="rows">
        {items.map(({ id, title, number, publishedAt }) => (
          <li key={id}>
            <Link className="n" href={`/episodes/${id}`}>
              {title}
            </Link>
            {number !== null && <p className="meta">{t('sharing.publishedNote', { number })}</p>}
            <Switch on={publishedAt !== null} onChange={(published) => change('PUT', id, { published })}>
              {t('sharing.published')}
            </Switch>
            <button type="button" className="btn bare" onClick={() => change('DELETE', id)}>
              {t('sharing.takeOut')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
