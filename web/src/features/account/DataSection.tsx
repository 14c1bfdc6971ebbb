import { useState } from 'react'
import { AskDialog } from '../../components/AskDialog.tsx'
import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address } from '../../lib/api.ts'
import { onDemand } from '../../lib/on-demand.ts'
import { eraseAccount } from '../../lib/session.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

const EraseForm = onDemand(() => import('./EraseForm.tsx').then((file) => file.EraseForm))

/** Everything that is kept of a person, to take along or to end. */
export function DataSection({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const [asked, setAsked] = useState<object | null>(null)
  const erase = (body: object) => {
    setAsked(null)
    void run(() => eraseAccount(body))
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
      <FormButton words={t('account.erase')} form={EraseForm}>
        {(close) => <EraseForm hasPassword={account.hasPassword} isBusy={isBusy} onAsk={setAsked} onClose={close} />}
      </FormButton>
      {asked && (
        <AskDialog
          title={t('account.eraseSure')}
          text={t('account.eraseNote')}
          yes={t('account.eraseYes')}
          onYes={() => erase(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
