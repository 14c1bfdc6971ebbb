import { useRef, useState } from 'react'
import { AskDialog } from '../../components/AskDialog.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address, ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { leaveForGood } from '../../lib/session.ts'
import type { Account } from '../../lib/types.ts'
import { Field } from '../front/Field.tsx'
import { useDeed } from './use-deed.ts'

/** Everything that is kept of a person, to take along or to end. */
export function DataSection({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const [isAsked, setAsked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const erase = async () => {
    setAsked(false)
    const given = new FormData(form.current!)
    const password = fieldOf(given, 'password')
    const body = { email: fieldOf(given, 'email').trim(), ...(password && { password }) }
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
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
        }}
      >
        <Field name="email" label={t('account.eraseAsk')} type="email" autoComplete="off" />
        {account.hasPassword && (
          <Field name="password" label={t('account.present')} type="password" autoComplete="current-password" />
        )}
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.erase')}
          </button>
        </div>
      </form>
      {isAsked && (
        <AskDialog
          title={t('account.eraseSure')}
          text={t('account.eraseNote')}
          yes={t('account.eraseYes')}
          onYes={() => void erase()}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  )
}
