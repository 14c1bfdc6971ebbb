import '../sharing/sharing.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useKept } from '../../lib/kept.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Webhook, WebhookWithSecret } from '../../lib/types.ts'
import { WebhookRow } from './WebhookRow.tsx'
import { useOwnId } from '../../lib/use-own-id.ts'

const path = '/api/webhooks'
const key = ['webhooks']
const usualEvents = ['episode.ready', 'episode.needs_repair', 'episode.failed'] as const satisfies Webhook['events']

/** Servers of one's own that are told what becomes of episodes. */
export function Webhooks() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const id = useOwnId()
  const [url, setUrl, forgetUrl] = useKept('webhook', '')
  const [secret, setSecret] = useState<string | null>(null)
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<{ items: Webhook[] }>(path, { signal }) })
  const change = (work: Promise<unknown>) =>
    work
      .then((now) => {
        const shown = (now as Partial<WebhookWithSecret> | undefined)?.secret
        if (shown) setSecret(shown)
      })
      .catch((error: unknown) => showToast(say(error)))
      .finally(() => void queries.invalidateQueries({ queryKey: key }))
  const add = (event: FormEvent) => {
    event.preventDefault()
    void change(
      ask(path, { method: 'POST', body: { url: url.trim(), events: usualEvents } }).then((now) => (setUrl(''), forgetUrl(), now)),
    )
  }
  return (
    <section className="sec sharing">
      <h2 className="h3">{t('sharing.webhooks')}</h2>
      <p className="two">{t('sharing.webhooksHelp')}</p>
      {query.data?.items.length === 0 && <p className="meta">{t('sharing.noHooks')}</p>}
      <ul className="rows">
        {query.data?.items.map((hook) => (
          <WebhookRow key={hook.id} hook={hook} onChange={(work) => void change(work)} />
        ))}
      </ul>
      {secret && (
        <>
          <p className="two">{t('sharing.hookSecret')}</p>
          <p className="address">{secret}</p>
        </>
      )}
      <form onSubmit={add}>
        <p>
          <label className="meta" htmlFor={id}>
            {t('sharing.hookUrl')}
          </label>
          <span className="field">
            <input id={id} type="url" value={url} maxLength={2000} required onChange={(event) => setUrl(event.target.value)} />
          </span>
        </p>
        <div className="acts">
          <button type="submit" className="btn">
            {t('sharing.addHook')}
          </button>
        </div>
      </form>
    </section>
  )
}
