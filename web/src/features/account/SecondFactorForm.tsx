import proofCheck from 'api-check:#PasswordProof'
import codeCheck, { most } from 'api-check:#SecondFactor'
import { useState } from 'react'
import { QrCode } from '../../components/QrCode.tsx'
import { FormActs } from '../../forms/FormActs.tsx'
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
export function SecondFactorForm({ isOn, onClose }: { isOn: boolean; onClose: () => void }) {
  const [made, setMade] = useState<Made>()
  return made ? <Confirm made={made} onClose={onClose} /> : <Prove isOn={isOn} onMade={setMade} onClose={onClose} />
}

/** Whoever turns it on or off says the password once more. */
function Prove({ isOn, onMade, onClose }: { isOn: boolean; onMade: (made: Made) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({ check: proofCheck, start: { password: '' } })
  const turn = async (body: object) => {
    if (isOn) {
      if (await run(() => post('disable', body))) onClose()
    } else await run(async () => onMade(await post<Made>('enable', body)))
  }
  return (
    <form noValidate onSubmit={form.sends(turn)}>
      <Field form={form} name="password" label={t('account.present')} type="password" autoComplete="current-password" />
      <FormActs words={isOn ? t('account.turnOff') : t('account.turnOn')} isBusy={isBusy} onClose={onClose} />
    </form>
  )
}

/** What the authenticator is to be told, and what it then says. */
function Confirm({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({ check: codeCheck, start: { code: '' } })
  const confirm = async (body: object) => {
    if (await run(() => post('verify-totp', body), t('account.secondOn'))) onClose()
  }
  return (
    <>
      <p>{t('settings.scanQr')}</p>
      <QrCode value={made.totpURI} title={t('settings.qr')} />
      <code>{new URL(made.totpURI).searchParams.get('secret')}</code>
      <p>{t('account.backup')}</p>
      <code className="codes">{made.backupCodes.join('\n')}</code>
      <form noValidate onSubmit={form.sends(confirm)}>
        <Field form={form} name="code" label={t('account.code')} autoComplete="one-time-code" most={most['code']} />
        <FormActs words={t('account.confirm')} isBusy={isBusy} onClose={onClose} />
      </form>
    </>
  )
}
