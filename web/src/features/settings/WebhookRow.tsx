import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { queries } from '../../lib/queries.ts'
import { showToast } from '../../lib/toast.ts'
import type { Webhook, WebhookDelivery } from '../../lib/types.ts'

const lookAgainMs = 3_000

/** One webhook, what one can do with it, and the last messages sent. */
export function WebhookRow({ hook, onChange }: { hook: Webhook; onChange: (work: Promise<unknown>) => void }) {
  const { t } = useTranslation()
  const path = `/api/webhooks/${hook.id}`
  const key = ['deliveries', hook.id]
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask<{ items: WebhookDelivery[] }>(`${path}/deliveries?limit=5`, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'pending') ? lookAgainMs : false),
  })
  const lookAgain = () => void queries.invalidateQueries({ queryKey: key })
  const test = () => ask(`${path}/test`, { method: 'POST' }).then(() => (showToast(t('sharing.testSent')), lookAgain()))
  return (
    <li>
      <p className="n">{hook.url}</p>
      <p className="meta">{hook.events.join(', ')}</p>
      {!hook.enabled && <p className="meta">{t(hook.disabledReason === 'gone' ? 'sharing.hookGone' : 'sharing.hookOff')}</p>}
      <div className="acts">
        {hook.enabled ? (
          <button type="button" className="btn" onClick={() => onChange(test())}>
            {t('sharing.testHook')}
          </button>
        ) : (
          <button type="button" className="btn" onClick={() => onChange(ask(path, { method: 'PATCH', body: { enabled: true } }))}>
            {t('sharing.hookOn')}
          </button>
        )}
        <button type="button" className="btn bare" onClick={() => onChange(ask(`${path}/rotate`, { method: 'POST' }))}>
          {t('sharing.rotate')}
        </button>
        <button type="button" className="btn bare" onClick={() => onChange(ask(path, { method: 'DELETE' }))}>
          {t('sharing.remove')}
        </button>
      </div>
      <p className="meta">{query.data?.items.length === 0 ? t('sharing.noDeliveries') : t('sharing.deliveries')}</p>
      <ul>
        {query.data?.items.map(({ id, event, status, attempts }) => (
          <li key={id} className="meta">
            {event} · {t(`sharing.state.${status}`)} · {t('sharing.tries', { count: attempts.length })}
            {status !== 'pending' && (
              <button
                type="button"
                className="btn bare"
                onClick={() => onChange(ask(`${path}/deliveries/${id}/resend`, { method: 'POST' }).then(lookAgain))}
              >
                {t('sharing.resend')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </li>
  )
}
