import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import type { Account, ApiKey, MadeApiKey } from '../../lib/types.ts'
import { Field } from '../front/Field.tsx'
import { momentOf } from './moment.ts'
import { accountKey, useDeed } from './use-deed.ts'

const scopes = ['read', 'write', 'create'] as const

/** Keys for programs: made, shown once, revoked. */
export function KeysSection({ account }: { account: Account }) {
  const { t, language } = useTranslation()
  const { isBusy, run, onSubmit } = useDeed()
  const [made, setMade] = useState<MadeApiKey>()
  const query = useQuery({
    queryKey: [...accountKey, 'keys'],
    queryFn: ({ signal }) => ask<{ items: ApiKey[] }>('/api/keys', { signal }),
  })
  const offered = account.role === 'user' ? scopes : ([...scopes, 'admin'] as const)
  const make = async (form: FormData) => {
    const days = Number(fieldOf(form, 'days'))
    const body = { name: fieldOf(form, 'keyName').trim(), scopes: form.getAll('scope'), ...(days > 0 && { expiresInDays: days }) }
    setMade(await ask<MadeApiKey>('/api/keys', { method: 'POST', body }))
  }
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
      <div>
        {query.data?.items.map((key) => (
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
      <form onSubmit={onSubmit(make)}>
        <Field name="keyName" label={t('account.keyName')} autoComplete="off" />
        <fieldset>
          <legend className="meta">{t('account.scopes')}</legend>
          {offered.map((scope) => (
            <label key={scope}>
              <input type="checkbox" name="scope" value={scope} defaultChecked={scope === 'read'} />
              <span>{t(`account.scope.${scope}`)}</span>
            </label>
          ))}
        </fieldset>
        <Field name="days" label={t('account.days')} type="number" autoComplete="off" optional />
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.makeKey')}
          </button>
        </div>
      </form>
    </section>
  )
}
