import './sharing.css'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { onDemand, soon } from '../../lib/on-demand.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode, Share } from '../../lib/types.ts'
import { ShowChoice } from './ShowChoice.tsx'

const Shared = onDemand(() => import('./Shared.tsx').then((file) => file.Shared))

/** Where a finished episode can be heard by others: a page, a player for other pages, and a show. */
export function ShareBox({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const path = `/api/episodes/${episode.id}/share`
  const key = ['share', episode.id]
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask<{ share: Share | null }>(path, { signal }),
    enabled: episode.audio !== null,
  })
  if (!episode.audio) return null
  const share = query.data?.share
  const change = (method: 'POST' | 'DELETE', body?: { findable: boolean }) =>
    void ask<Share | undefined>(path, { method, ...(body && { body }) })
      .then((now) => queries.setQueryData(key, { share: now ?? null }))
      .catch((error: unknown) => showToast(say(error)))
  const offer = (
    <div className="acts">
      <button
        type="button"
        className="btn"
        disabled={query.isPending || Boolean(share)}
        onPointerEnter={soon(Shared)}
        onFocus={soon(Shared)}
        onClick={() => change('POST')}
      >
        {t('sharing.shareAct')}
      </button>
    </div>
  )
  return (
    <section className="box sharing">
      <h2 className="h3">{t('sharing.share')}</h2>
      <p className="meta">{t('sharing.shareHelp')}</p>
      {share ? <Shared share={share} onChange={change} meanwhile={offer} /> : offer}
      <ShowChoice episode={episode} />
    </section>
  )
}
