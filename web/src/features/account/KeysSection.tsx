import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { onDemand } from '../../lib/on-demand.ts'
import type { Account, ApiKey, MadeApiKey } from '../../lib/types.ts'
import { momentOf } from './moment.ts'
import { accountKey, useDeed } from './use-deed.ts'

const KeyForm = onDemand(() => import('./KeyForm.tsx').then((file) => file.KeyForm))

/** Keys for programs: made, shown once, revoked. */
export function KeysSection({ account }: { account: Account }) {
  const { t, language } = useTranslation()
  const { isBusy, run } = useDeed()
  const [made, setMade] = useState<MadeApiKey>()
  const query = useQuery({
    queryKey: [...accountKey, 'keys'],
    queryFn: ({ signal }) => ask<{ items: ApiKey[] }>('/api/keys', { signal }),
  })
  const keys = query.data?.items ?? []
  const revoke = (id: string) => run(() => ask(`/api/keys/${id}`, { method: 'DELETE' }))
  const about = ({ scopes: may, expiresAt, lastUsedAt }: ApiKey) =>
    [
      may.map((scope) => t(`account.scope.${scope}`)).join(t('shell.comma')),
      expiresAt ? t('account.until', { time: momentOf(expiresAt, language) }) : t('account.forever'),
      lastUsedAt ? t('account.used', { time: momentOf(lastUsedAt, language) }) : t('account.unused'),
    ].join(' · ')
  return (
    <section className="sec">
      <h2 className="h3">{t('account.keys')}</h2>
      <p className="two">{t('account.keysNote')}</p>
      {made && (
        <div role="status">
          <p>{t('account.keyOnce')}</p>
          <code>{made.key}</code>
        </div>
      )}
      {keys.length > 0 && (
        <div>
          {keys.map((key) => (
            <div className="row" key={key.id}>
              <span>
                {key.name} <span className="meta">{`${key.start}… · ${about(key)}`}</span>
              </span>
              <button type="button" className="btn bare" disabled={isBusy} onClick={() => void revoke(key.id)}>
                {t('account.revoke')}
              </button>
            </div>
          ))}
        </div>
      )}
      <FormButton words={t('account.makeKey')} form={KeyForm}>
        {(close) => <KeyForm account={account} onMade={setMade} onClose={close} />}
      </FormButton>
    </section>
  )
}
