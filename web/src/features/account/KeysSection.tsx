import check, { most } from 'api-check:post/api/keys'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '../../forms/Field.tsx'
import { WrongLine } from '../../forms/WrongLine.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { Account, ApiKey, MadeApiKey } from '../../lib/types.ts'
import { useOwnId } from '../../lib/use-own-id.ts'
import { momentOf } from './moment.ts'
import { accountKey, useDeed } from './use-deed.ts'

const scopes = ['read', 'write', 'create'] as const

/** Keys for programs: made, shown once, revoked. */
export function KeysSection({ account }: { account: Account }) {
  const { t, language } = useTranslation()
  const { isBusy, run } = useDeed()
  const [made, setMade] = useState<MadeApiKey>()
  const query = useQuery({
    queryKey: [...accountKey, 'keys'],
    queryFn: ({ signal }) => ask<{ items: ApiKey[] }>('/api/keys', { signal }),
  })
  const offered = account.role === 'user' ? scopes : ([...scopes, 'admin'] as const)
  const wrongScopes = useOwnId()
  const form = useApiForm({
    check,
    start: { name: '', scopes: ['read'], expiresInDays: '' },
    bodyOf: ({ name, scopes: may, expiresInDays: days }) => ({
      name: name.trim(),
      scopes: may,
      ...(days === '' ? {} : { expiresInDays: Number(days) }),
    }),
  })
  const make = (body: object) =>
    run(async () => {
      setMade(await ask<MadeApiKey>('/api/keys', { method: 'POST', body }))
      form.done()
    })
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
      <form noValidate onSubmit={form.sends(make)}>
        <Field form={form} name="name" label={t('account.keyName')} autoComplete="off" most={most['name']} />
        <fieldset aria-describedby={wrongScopes}>
          <legend className="meta">{t('account.scopes')}</legend>
          {offered.map((scope) => (
            <label key={scope}>
              <input type="checkbox" value={scope} {...form.register('scopes')} />
              <span>{t(`account.scope.${scope}`)}</span>
            </label>
          ))}
        </fieldset>
        <WrongLine id={wrongScopes} wrong={form.formState.errors.scopes} />
        <Field form={form} name="expiresInDays" label={t('account.days')} type="number" autoComplete="off" />
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.makeKey')}
          </button>
        </div>
      </form>
    </section>
  )
}
