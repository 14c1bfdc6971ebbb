import '../sharing/sharing.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { AskDialog } from '../../components/AskDialog.tsx'
import { Lost } from '../../components/Lost.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal, ask } from '../../lib/api.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Show } from '../../lib/types.ts'
import { FeedCheckList } from './FeedCheckList.tsx'
import { FeedList } from './FeedList.tsx'
import { ShowEpisodes } from './ShowEpisodes.tsx'
import { ShowForm } from './ShowForm.tsx'

/** A show: what it says, what its feed has, and where it can be subscribed. */
export default function ShowPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [, go] = useLocation()
  const [isEnding, setEnding] = useState(false)
  const query = useQuery({ queryKey: ['show', id], queryFn: ({ signal }) => ask<Show>(`/api/shows/${id}`, { signal }) })
  const show = query.data
  usePageTitle(show?.title)
  // An address that is none, and a show that is gone. Whoever asks too often or was signed out is told that instead.
  if (query.error instanceof Refusal && [400, 404].includes(query.error.status))
    return <Lost title={t('shell.notFoundTitle')} text={t('shell.notFoundText')} />
  if (!show) {
    return (
      <main className="page slim" id="main" tabIndex={-1}>
        {query.isError ? (
          <Trouble
            title={t('shell.troubleTitle')}
            text={t('shell.troubleText')}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Skeleton />
        )}
      </main>
    )
  }
  const end = () =>
    void ask(`/api/shows/${id}`, { method: 'DELETE' })
      .then(() => (void queries.invalidateQueries({ queryKey: ['shows'] }), go('/shows')))
      .catch((error: unknown) => showToast(say(error)))
  return (
    <main className="page slim sharing" id="main" tabIndex={-1}>
      <h1 className="h1">{show.title}</h1>
      <ShowForm show={show} />
      <ShowEpisodes showId={id} />
      <FeedList showId={id} />
      <FeedCheckList showId={id} />
      <section className="part">
        <button type="button" className="btn bare" onClick={() => setEnding(true)}>
          {t('sharing.endShow')}
        </button>
      </section>
      {isEnding && (
        <AskDialog
          title={t('sharing.endShowTitle')}
          text={t('sharing.endShowText')}
          yes={t('sharing.endShow')}
          onYes={end}
          onClose={() => setEnding(false)}
        />
      )}
    </main>
  )
}
