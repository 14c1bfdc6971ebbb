import check, { most } from 'api-check:#EmailChange'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

/** The address: confirmed or not, and how it is changed. */
export function AddressSection({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const sendAgain = () => ask('/api/auth/send-verification-email', { method: 'POST', body: { email: account.email } })
  const form = useApiForm({ check, start: { newEmail: '' }, words: { newEmail: t('front.emailBad') } })
  const change = async (body: object) => {
    if (await run(() => ask('/api/auth/change-email', { method: 'POST', body }), t('account.mailSent'))) form.done()
  }
  return (
    <section className="sec">
      <h2 className="h3">{t('account.address')}</h2>
      <div className="row">
        <span>
          {account.email} {!account.emailVerified && <span className="meta">{t('account.unconfirmed')}</span>}
        </span>
        {!account.emailVerified && (
          <button type="button" className="btn" disabled={isBusy} onClick={() => void run(sendAgain, t('account.mailSent'))}>
            {t('account.sendAgain')}
          </button>
        )}
      </div>
      <form noValidate onSubmit={form.sends(change)}>
        <Field
          form={form}
          name="newEmail"
          label={t('account.newAddress')}
          type="email"
          autoComplete="email"
          hint={t('account.changeNote')}
          most={most['newEmail']}
        />
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.changeAddress')}
          </button>
        </div>
      </form>
    </section>
  )
}
