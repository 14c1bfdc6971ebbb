import forgotCheck from 'api-check:#PasswordResetRequest'
import codeCheck from 'api-check:#SecondFactor'
import inCheck from 'api-check:#SignIn'
import upCheck, { most } from 'api-check:#SignUp'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { enterCode, signIn, signInWith, signUp, useConfig } from '../../lib/session.ts'
import { useEnterWords } from './enter-words.ts'

type Stage = 'in' | 'up' | 'code' | 'forgot'
const checks = { in: inCheck, up: upCheck, code: codeCheck, forgot: forgotCheck }
const start = { name: '', email: '', password: '', code: '' }
const houses: Record<string, string> = { google: 'Google', github: 'GitHub' }

/** Sign-in and sign-up by e-mail, the second factor and a forgotten password in one form: they differ by a field and a few words. */
export function EnterForm() {
  const { t, language } = useTranslation()
  const say = useEnterWords()
  const config = useConfig()
  const [stage, setStage] = useState<Stage>('in')
  const [told, setTold] = useState(() => {
    const refusal = new URLSearchParams(location.search).get('error')
    if (!refusal) return ''
    return refusal === 'account_not_linked' ? t('enter.elsewhereOther') : t('enter.elsewhereFailed')
  })
  const form = useApiForm({
    check: checks[stage],
    start,
    bodyOf: ({ name, email: typed, password, code }) => {
      const email = typed.trim()
      if (stage === 'forgot') return { email }
      if (stage === 'code') return { code: code.trim() }
      return stage === 'in' ? { email, password } : { name: name.trim(), email, password, language }
    },
    words: { email: t('front.emailBad') },
  })
  const enter = useMutation({
    mutationFn: async (body: typeof start) => {
      setTold('')
      if (stage === 'forgot') {
        await ask('/api/auth/request-password-reset', { method: 'POST', body })
        return setTold(t('enter.forgotSent'))
      }
      if (stage === 'code') return void (await enterCode(body.code))
      if (stage === 'in') return (await signIn(body.email, body.password)).twoFactorRedirect ? setStage('code') : undefined
      if ((await signUp(body.name, body.email, body.password, language)).token) return
      setStage('in')
      setTold(t('enter.checkMail'))
    },
  })
  const turn = (next: Stage) => {
    setStage(next)
    setTold('')
    enter.reset()
    form.clearErrors()
  }
  const press = { in: t('front.signIn'), up: t('front.signUp'), code: t('enter.confirm'), forgot: t('enter.forgotSend') }[stage]
  return (
    <form noValidate onSubmit={form.sends((body: typeof start) => enter.mutateAsync(body).catch(() => undefined))}>
      {stage === 'up' && <Field form={form} name="name" label={t('front.name')} autoComplete="name" most={most['name']} />}
      {stage === 'code' ? (
        <Field form={form} name="code" label={t('enter.codeAsk')} autoComplete="one-time-code" />
      ) : (
        <Field form={form} name="email" label={t('front.email')} type="email" autoComplete="email" />
      )}
      {(stage === 'in' || stage === 'up') && (
        <Field
          form={form}
          name="password"
          label={t('front.password')}
          type="password"
          autoComplete={stage === 'up' ? 'new-password' : 'current-password'}
          hint={stage === 'up' ? t('front.passwordHint') : undefined}
        />
      )}
      {enter.error && <Notice>{say(enter.error)}</Notice>}
      {told && <Notice>{told}</Notice>}
      <div className="acts">
        <button type="submit" className="btn ink" disabled={enter.isPending}>
          {press}
        </button>
        {stage === 'in' && (
          <button type="button" className="link" onClick={() => turn('up')}>
            {t('front.toSignUp')}
          </button>
        )}
        {stage === 'up' && (
          <button type="button" className="link" onClick={() => turn('in')}>
            {t('front.toSignIn')}
          </button>
        )}
        {(stage === 'code' || stage === 'forgot') && (
          <button type="button" className="link" onClick={() => turn('in')}>
            {t('enter.back')}
          </button>
        )}
        {stage === 'in' && (
          <button type="button" className="link" onClick={() => turn('forgot')}>
            {t('enter.forgot')}
          </button>
        )}
      </div>
      {stage === 'in' &&
        config.data?.signInWith.map((house) => (
          <button
            key={house}
            type="button"
            className="btn"
            onClick={() => void signInWith(house).catch((error: unknown) => setTold(say(error)))}
          >
            {t('enter.with', { name: houses[house] ?? house })}
          </button>
        ))}
    </form>
  )
}
