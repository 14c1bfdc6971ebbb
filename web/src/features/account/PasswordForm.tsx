import check from 'api-check:#PasswordChange'
import { FormActs } from '../../forms/FormActs.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useDeed } from './use-deed.ts'

/** A new password, which signs out everybody else. */
export function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({
    check,
    start: { currentPassword: '', newPassword: '' },
    bodyOf: (typed) => ({ ...typed, revokeOtherSessions: true }),
  })
  const change = async (body: object) => {
    if (await run(() => ask('/api/auth/change-password', { method: 'POST', body }), t('account.passwordChanged'))) onClose()
  }
  return (
    <form noValidate onSubmit={form.sends(change)}>
      <Field form={form} name="currentPassword" label={t('account.present')} type="password" autoComplete="current-password" />
      <Field
        form={form}
        name="newPassword"
        label={t('account.next')}
        type="password"
        autoComplete="new-password"
        hint={t('front.passwordHint')}
      />
      <FormActs words={t('account.changePassword')} isBusy={isBusy} onClose={onClose} />
    </form>
  )
}
