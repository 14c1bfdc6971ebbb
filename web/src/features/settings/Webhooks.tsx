import '../sharing/sharing.css'
import check, { most } from 'api-check:post/api/webhooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Webhook, WebhookWithSecret } from '../../lib/types.ts'
import { WebhookRow } from './WebhookRow.tsx'

const path = '/api/webhooks'
const key = ['webhooks']
const usualEvents = ['episode.ready', 'episode.needs_repair', 'episode.failed'] as const satisfies Webhook['events']

/** Servers of one's own that are told what becomes of episodes. */
export function Webhooks() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const form = useApiForm({
    check,
    start: { url: '' },
    bodyOf: ({ url }) => ({ url: url.trim(), events: usualEvents }),
    also: ({ url }) => (url.trim() === '' ? { url: t('forms.needed') } : {}),
    keptAs: 'new-webhook',
  })
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
  const add = (body: object) => change(ask(path, { method: 'POST', body }).then((now) => (form.done(), now)))
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
      <form noValidate onSubmit={form.sends(add)}>
        <Field form={form} name="url" label={t('sharing.hookUrl')} type="url" autoComplete="off" most={most['url']} />
        <div className="acts">
          <button type="submit" className="btn" disabled={form.formState.isSubmitting}>
            {t('sharing.addHook')}
          </button>
        </div>
      </form>
    </section>
  )
}
