import check, { most } from 'api-check:delete/api/account'
import { useState } from 'react'
import { AskDialog } from '../../components/AskDialog.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { address, ask } from '../../lib/api.ts'
import { leaveForGood } from '../../lib/session.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

/** Everything that is kept of a person, to take along or to end. */
export function DataSection({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const [asked, setAsked] = useState<object | null>(null)
  const form = useApiForm({
    check,
    start: { email: '', password: '' },
    bodyOf: ({ email, password }) => ({ email: email.trim(), ...(password && { password }) }),
    also: ({ email, password }) => ({
      ...(email.trim() === '' && { email: t('forms.needed') }),
      ...(account.hasPassword && password === '' && { password: t('forms.needed') }),
    }),
  })
  const erase = async (body: object) => {
    setAsked(null)
    if (await run(() => ask('/api/account', { method: 'DELETE', body }))) leaveForGood()
  }
  return (
    <section className="sec">
      <h2 className="h3">{t('account.data')}</h2>
      <div>
        <a className="btn" href={address('/api/account/export')} download>
          {t('account.export')}
        </a>
      </div>
      <p className="two">{t('account.eraseNote')}</p>
      <form noValidate onSubmit={form.sends((body: object) => setAsked(body))}>
        <Field form={form} name="email" label={t('account.eraseAsk')} type="email" autoComplete="off" most={most['email']} />
        {account.hasPassword && (
          <Field form={form} name="password" label={t('account.present')} type="password" autoComplete="current-password" />
        )}
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.erase')}
          </button>
        </div>
      </form>
      {asked && (
        <AskDialog
          title={t('account.eraseSure')}
          text={t('account.eraseNote')}
          yes={t('account.eraseYes')}
          onYes={() => void erase(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
