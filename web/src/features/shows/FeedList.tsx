import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { AskDialog } from '../../components/AskDialog.tsx'
import { QrCode } from '../../components/QrCode.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal, ask } from '../../lib/api.ts'
import { useCopy } from '../../lib/copy-words.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Feed } from '../../lib/types.ts'

/** The addresses a show can be subscribed at, each with what a phone scans. */
export function FeedList({ showId }: { showId: string }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const copy = useCopy()
  const [revoked, setRevoked] = useState<Feed | null>(null)
  const path = `/api/shows/${showId}/feeds`
  const key = ['feeds', showId]
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<{ items: Feed[] }>(path, { signal }) })
  const feeds = query.data?.items ?? []
  const change = (work: Promise<unknown>) =>
    void work
      .catch((error: unknown) =>
        showToast(error instanceof Refusal && error.code === 'feed-refused' ? t('sharing.refused') : say(error)),
      )
      .finally(() => {
        void queries.invalidateQueries({ queryKey: key })
        void queries.invalidateQueries({ queryKey: ['feed-check', showId] })
      })
  return (
    <section className="part">
      <h2 className="h3">{t('sharing.feeds')}</h2>
      <p className="meta">{t('sharing.feedsHelp')}</p>
      <ul className="rows">
        {feeds.map((feed) => (
          <li key={feed.id}>
            <p className="n">{feed.kind === 'public' ? t('sharing.publicFeed') : feed.label || t('sharing.private')}</p>
            <p className="address">{feed.url}</p>
            <QrCode value={feed.url} title={t('sharing.qr')} />
            <div className="acts">
              <button type="button" className="btn" onClick={() => copy(feed.url)}>
                <Copy className="i s" aria-hidden="true" />
                {t('sharing.copy')}
              </button>
              <button type="button" className="btn bare" onClick={() => setRevoked(feed)}>
                {t('sharing.revoke')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <div className="acts">
        <button type="button" className="btn" onClick={() => change(ask(path, { method: 'POST', body: { kind: 'private' } }))}>
          {t('sharing.privateFeed')}
        </button>
        {!feeds.some(({ kind }) => kind === 'public') && (
          <button type="button" className="btn" onClick={() => change(ask(path, { method: 'POST', body: { kind: 'public' } }))}>
            {t('sharing.publicFeedAct')}
          </button>
        )}
      </div>
      {revoked && (
        <AskDialog
          title={t('sharing.revokeTitle')}
          text={t('sharing.revokeText')}
          yes={t('sharing.revoke')}
          onYes={() => (setRevoked(null), change(ask(`${path}/${revoked.id}`, { method: 'DELETE' })))}
          onClose={() => setRevoked(null)}
        />
      )}
    </section>
  )
}
