import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import type { Account } from '../../lib/types.ts'
import { Field } from '../front/Field.tsx'
import { useDeed } from './use-deed.ts'

/** The address: confirmed or not, and how it is changed. */
export function AddressSection({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { isBusy, run, onSubmit } = useDeed()
  const sendAgain = () => ask('/api/auth/send-verification-email', { method: 'POST', body: { email: account.email } })
  const change = (form: FormData) =>
    ask('/api/auth/change-email', { method: 'POST', body: { newEmail: fieldOf(form, 'newEmail').trim() } })
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
      <form onSubmit={onSubmit(change, t('account.mailSent'))}>
        <Field name="newEmail" label={t('account.newAddress')} type="email" autoComplete="email" hint={t('account.changeNote')} />
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.changeAddress')}
          </button>
        </div>
      </form>
    </section>
  )
}
