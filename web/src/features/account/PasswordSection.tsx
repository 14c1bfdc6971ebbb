import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { onDemand } from '../../lib/on-demand.ts'

const PasswordForm = onDemand(() => import('./PasswordForm.tsx').then((file) => file.PasswordForm))

/** The password, which is never shown. */
export function PasswordSection() {
  const { t } = useTranslation()
  return (
    <section className="sec">
      <h2 className="h3">{t('account.password')}</h2>
      <FormButton words={t('account.changePassword')} form={PasswordForm}>
        {(close) => <PasswordForm onClose={close} />}
      </FormButton>
    </section>
  )
}
