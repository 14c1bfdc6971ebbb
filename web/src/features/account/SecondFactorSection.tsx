import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { onDemand } from '../../lib/on-demand.ts'

const SecondFactorForm = onDemand(() => import('./SecondFactorForm.tsx').then((file) => file.SecondFactorForm))

/** Whether an authenticator app is asked besides the password. */
export function SecondFactorSection({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation()
  return (
    <section className="sec">
      <h2 className="h3">{t('account.second')}</h2>
      <p className="two">{isOn ? t('account.secondOn') : t('account.secondOff')}</p>
      <FormButton words={isOn ? t('account.turnOff') : t('account.turnOn')} form={SecondFactorForm}>
        {(close) => <SecondFactorForm isOn={isOn} onClose={close} />}
      </FormButton>
    </section>
  )
}
