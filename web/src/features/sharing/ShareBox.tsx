import './sharing.css'
import { useQuery } from '@tanstack/react-query'
import { Code, Copy, ExternalLink } from 'lucide-react'
import { Switch } from '../../controls/Switch.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useCopy } from '../../lib/copy-words.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode, Share } from '../../lib/types.ts'
import { ShowChoice } from './ShowChoice.tsx'

/** Where a finished episode can be heard by others: a page, a player for other pages, and a show. */
export function ShareBox({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const copy = useCopy()
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
  return (
    <section className="box sharing">
      <h2 className="h3">{t('sharing.share')}</h2>
      <p className="meta">{t('sharing.shareHelp')}</p>
      {share ? (
        <>
          <p className="address">{share.url}</p>
          <div className="acts">
            <button type="button" className="btn" onClick={() => copy(share.url)}>
              <Copy className="i s" aria-hidden="true" />
              {t('sharing.copy')}
            </button>
            <button type="button" className="btn" onClick={() => copy(share.embedHtml)}>
              <Code className="i s" aria-hidden="true" />
              {t('sharing.copyEmbed')}
            </button>
            <a className="btn" href={share.url} target="_blank" rel="noopener">
              <ExternalLink className="i s" aria-hidden="true" />
              {t('sharing.sharePage')}
            </a>
            <button type="button" className="btn bare" onClick={() => change('DELETE')}>
              {t('sharing.unshare')}
            </button>
          </div>
          <Switch on={share.findable} note={t('sharing.findableWhy')} onChange={(findable) => change('POST', { findable })}>
            {t('sharing.findable')}
          </Switch>
        </>
      ) : (
        <div className="acts">
          <button type="button" className="btn" disabled={query.isPending} onClick={() => change('POST')}>
            {t('sharing.shareAct')}
          </button>
        </div>
      )}
      <ShowChoice episode={episode} />
    </section>
  )
}
