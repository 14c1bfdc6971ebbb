import check, { most } from 'api-check:post/api/webhooks'
import { FormActs } from '../../forms/FormActs.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { Webhook, WebhookWithSecret } from '../../lib/types.ts'

const usualEvents = ['episode.ready', 'episode.needs_repair', 'episode.failed'] as const satisfies Webhook['events']

interface WebhookFormProps {
  /** Under which name what is typed outlives the page. */
  keptAs: string
  onSend: (work: Promise<WebhookWithSecret>) => Promise<unknown>
  onClose: () => void
}

/** A server that is to be told. */
export function WebhookForm({ keptAs, onSend, onClose }: WebhookFormProps) {
  const { t } = useTranslation()
  const form = useApiForm({
    check,
    start: { url: '' },
    bodyOf: ({ url }) => ({ url: url.trim(), events: usualEvents }),
    also: ({ url }) => (url.trim() === '' ? { url: t('forms.needed') } : {}),
    keptAs,
  })
  const close = () => (form.forget(), onClose())
  const add = (body: object) =>
    onSend(ask<WebhookWithSecret>('/api/webhooks', { method: 'POST', body }).then((now) => (close(), now)))
  return (
    <form noValidate onSubmit={form.sends(add)}>
      <Field form={form} name="url" label={t('sharing.hookUrl')} type="url" autoComplete="off" most={most['url']} />
      <FormActs words={t('sharing.addHook')} isBusy={form.formState.isSubmitting} onClose={close} />
    </form>
  )
}
