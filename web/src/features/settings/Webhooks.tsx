import '../sharing/sharing.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { readKept } from '../../lib/kept.ts'
import { onDemand } from '../../lib/on-demand.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Webhook, WebhookWithSecret } from '../../lib/types.ts'
import { WebhookRow } from './WebhookRow.tsx'

const path = '/api/webhooks'
const key = ['webhooks']
const keptAs = 'new-webhook'
const WebhookForm = onDemand(() => import('./WebhookForm.tsx').then((file) => file.WebhookForm))

/** Servers of one's own that are told what becomes of episodes. */
export function Webhooks() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [secret, setSecret] = useState<string | null>(null)
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<{ items: Webhook[] }>(path, { signal }) })
  const hooks = query.data?.items ?? []
  const change = (work: Promise<unknown>) =>
    work
      .then((now) => {
        const shown = (now as Partial<WebhookWithSecret> | undefined)?.secret
        if (shown) setSecret(shown)
      })
      .catch((error: unknown) => showToast(say(error)))
      .finally(() => void queries.invalidateQueries({ queryKey: key }))
  return (
    <section className="sec sharing">
      <h2 className="h3">{t('sharing.webhooks')}</h2>
      <p className="two">{t('sharing.webhooksHelp')}</p>
      {query.data?.items.length === 0 && <p className="meta">{t('sharing.noHooks')}</p>}
      {hooks.length > 0 && (
        <ul className="rows">
          {hooks.map((hook) => (
            <WebhookRow key={hook.id} hook={hook} onChange={(work) => void change(work)} />
          ))}
        </ul>
      )}
      {secret && (
        <>
          <p className="two">{t('sharing.hookSecret')}</p>
          <p className="address">{secret}</p>
        </>
      )}
      <FormButton words={t('sharing.addHook')} form={WebhookForm} begun={readKept(keptAs) !== null}>
        {(close) => <WebhookForm keptAs={keptAs} onSend={change} onClose={close} />}
      </FormButton>
    </section>
  )
}
