import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { onDemand } from '../../lib/on-demand.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

const AddressForm = onDemand(() => import('./AddressForm.tsx').then((file) => file.AddressForm))

/** The address: confirmed or not, and how it is changed. */
export function AddressSection({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const sendAgain = () => ask('/api/auth/send-verification-email', { method: 'POST', body: { email: account.email } })
  return (
    <section className="sec">
      <h2 className="h3">{t('account.address')}</h2>
      {!account.emailVerified && (
        <div className="row">
          <span>{t('account.unconfirmed')}</span>
          <button type="button" className="btn" disabled={isBusy} onClick={() => void run(sendAgain, t('account.mailSent'))}>
            {t('account.sendAgain')}
          </button>
        </div>
      )}
      <FormButton words={t('account.changeAddress')} form={AddressForm} beside={account.email}>
        {(close) => <AddressForm onClose={close} />}
      </FormButton>
    </section>
  )
}
