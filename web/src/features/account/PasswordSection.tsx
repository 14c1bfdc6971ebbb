import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { Field } from '../front/Field.tsx'
import { useDeed } from './use-deed.ts'

/** A new password, which signs out everybody else. */
export function PasswordSection() {
  const { t } = useTranslation()
  const { isBusy, onSubmit } = useDeed()
  const change = (form: FormData) =>
    ask('/api/auth/change-password', {
      method: 'POST',
      body: { currentPassword: fieldOf(form, 'present'), newPassword: fieldOf(form, 'next'), revokeOtherSessions: true },
    })
  return (
    <section className="sec">
      <h2 className="h3">{t('account.password')}</h2>
      <form onSubmit={onSubmit(change, t('account.passwordChanged'))}>
        <Field name="present" label={t('account.present')} type="password" autoComplete="current-password" />
        <Field name="next" label={t('account.next')} type="password" autoComplete="new-password" hint={t('front.passwordHint')} />
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.changePassword')}
          </button>
        </div>
      </form>
    </section>
  )
}
