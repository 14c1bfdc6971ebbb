import check, { most } from 'api-check:delete/api/account'
import { FormActs } from '../../forms/FormActs.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'

interface EraseFormProps {
  hasPassword: boolean
  isBusy: boolean
  /** With what is sent once it was confirmed. */
  onAsk: (body: object) => void
  onClose: () => void
}

/** Who leaves says by name that they mean it. */
export function EraseForm({ hasPassword, isBusy, onAsk, onClose }: EraseFormProps) {
  const { t } = useTranslation()
  const form = useApiForm({
    check,
    start: { email: '', password: '' },
    bodyOf: ({ email, password }) => ({ email: email.trim(), ...(password && { password }) }),
    also: ({ email, password }) => ({
      ...(email.trim() === '' && { email: t('forms.needed') }),
      ...(hasPassword && password === '' && { password: t('forms.needed') }),
    }),
  })
  return (
    <form noValidate onSubmit={form.sends(onAsk)}>
      <Field form={form} name="email" label={t('account.eraseAsk')} type="email" autoComplete="off" most={most['email']} />
      {hasPassword && (
        <Field form={form} name="password" label={t('account.present')} type="password" autoComplete="current-password" />
      )}
      <FormActs words={t('account.erase')} isBusy={isBusy} onClose={onClose} />
    </form>
  )
}
