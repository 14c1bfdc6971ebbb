import proofCheck from 'api-check:#PasswordProof'
import codeCheck, { most } from 'api-check:#SecondFactor'
import { useState } from 'react'
import { QrCode } from '../../components/QrCode.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useDeed } from './use-deed.ts'

interface Made {
  totpURI: string
  backupCodes: string[]
}

const post = <T,>(path: string, body: object) => ask<T>(`/api/auth/two-factor/${path}`, { method: 'POST', body })

/** An authenticator app beside the password: turned on in two steps, so that nobody locks themself out. */
export function SecondFactorSection({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation()
  const [made, setMade] = useState<Made>()
  return (
    <section className="sec">
      <h2 className="h3">{t('account.second')}</h2>
      <p className="two">{isOn ? t('account.secondOn') : t('account.secondOff')}</p>
      {made ? <Confirm made={made} onDone={() => setMade(undefined)} /> : <Prove isOn={isOn} onMade={setMade} />}
    </section>
  )
}

/** Whoever turns it on or off says the password once more. */
function Prove({ isOn, onMade }: { isOn: boolean; onMade: (made: Made) => void }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({ check: proofCheck, start: { password: '' } })
  const turn = (body: object) =>
    run(async () => {
      if (isOn) await post('disable', body)
      else onMade(await post<Made>('enable', body))
      form.done()
    })
  return (
    <form noValidate onSubmit={form.sends(turn)}>
      <Field form={form} name="password" label={t('account.present')} type="password" autoComplete="current-password" />
      <div>
        <button type="submit" className="btn" disabled={isBusy}>
          {isOn ? t('account.turnOff') : t('account.turnOn')}
        </button>
      </div>
    </form>
  )
}

/** What the authenticator is to be told, and what it then says. */
function Confirm({ made, onDone }: { made: Made; onDone: () => void }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({ check: codeCheck, start: { code: '' } })
  const confirm = async (body: object) => {
    if (await run(() => post('verify-totp', body), t('account.secondOn'))) onDone()
  }
  return (
    <>
      <p>{t('settings.scanQr')}</p>
      <QrCode value={made.totpURI} title={t('settings.qr')} />
      <code>{new URL(made.totpURI).searchParams.get('secret')}</code>
      <p>{t('account.backup')}</p>
      <code>{made.backupCodes.join(' ')}</code>
      <form noValidate onSubmit={form.sends(confirm)}>
        <Field form={form} name="code" label={t('account.code')} autoComplete="one-time-code" most={most['code']} />
        <div>
          <button type="submit" className="btn ink" disabled={isBusy}>
            {t('account.confirm')}
          </button>
        </div>
      </form>
    </>
  )
}
