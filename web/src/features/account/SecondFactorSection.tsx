import { useState } from 'react'
import { QrCode } from '../../components/QrCode.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { Field } from '../front/Field.tsx'
import { useDeed } from './use-deed.ts'

interface Made {
  totpURI: string
  backupCodes: string[]
}

const post = <T,>(path: string, body: object) => ask<T>(`/api/auth/two-factor/${path}`, { method: 'POST', body })

/** An authenticator app beside the password: turned on in two steps, so that nobody locks themself out. */
export function SecondFactorSection({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation()
  const { isBusy, onSubmit } = useDeed()
  const [made, setMade] = useState<Made>()
  const begin = async (form: FormData) => setMade(await post<Made>('enable', { password: fieldOf(form, 'password') }))
  const confirm = async (form: FormData) => {
    await post('verify-totp', { code: fieldOf(form, 'code').trim() })
    setMade(undefined)
  }
  const end = (form: FormData) => post('disable', { password: fieldOf(form, 'password') })
  return (
    <section className="sec">
      <h2 className="h3">{t('account.second')}</h2>
      <p className="two">{isOn ? t('account.secondOn') : t('account.secondOff')}</p>
      {made ? (
        <>
          <p>{t('settings.scanQr')}</p>
          <QrCode value={made.totpURI} title={t('settings.qr')} />
          <code>{new URL(made.totpURI).searchParams.get('secret')}</code>
          <p>{t('account.backup')}</p>
          <code>{made.backupCodes.join(' ')}</code>
          <form onSubmit={onSubmit(confirm, t('account.secondOn'))}>
            <Field name="code" label={t('account.code')} autoComplete="one-time-code" />
            <div>
              <button type="submit" className="btn ink" disabled={isBusy}>
                {t('account.confirm')}
              </button>
            </div>
          </form>
        </>
      ) : (
        <form onSubmit={onSubmit(isOn ? end : begin)}>
          <Field name="password" label={t('account.present')} type="password" autoComplete="current-password" />
          <div>
            <button type="submit" className="btn" disabled={isBusy}>
              {isOn ? t('account.turnOff') : t('account.turnOn')}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}
