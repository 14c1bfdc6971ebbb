import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { enterCode, signIn, signInWith, signUp, useConfig } from '../../lib/session.ts'
import { Field } from './Field.tsx'
import { useEnterWords } from './enter-words.ts'

type Stage = 'in' | 'up' | 'code' | 'forgot'
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
  const enter = useMutation({
    mutationFn: async (form: FormData) => {
      setTold('')
      const [email, password] = [fieldOf(form, 'email').trim(), fieldOf(form, 'password')]
      if (stage === 'forgot') {
        await ask('/api/auth/request-password-reset', { method: 'POST', body: { email } })
        return setTold(t('enter.forgotSent'))
      }
      if (stage === 'code') return void (await enterCode(fieldOf(form, 'code').trim()))
      if (stage === 'in') return (await signIn(email, password)).twoFactorRedirect ? setStage('code') : undefined
      if ((await signUp(fieldOf(form, 'name').trim(), email, password, language)).token) return
      setStage('in')
      setTold(t('enter.checkMail'))
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    enter.mutate(new FormData(event.currentTarget))
  }
  const turn = (next: Stage) => {
    setStage(next)
    setTold('')
    enter.reset()
  }
  const press = { in: t('front.signIn'), up: t('front.signUp'), code: t('enter.confirm'), forgot: t('enter.forgotSend') }[stage]
  return (
    <form onSubmit={submit}>
      {stage === 'up' && <Field name="name" label={t('front.name')} autoComplete="name" />}
      {stage === 'code' ? (
        <Field name="code" label={t('enter.codeAsk')} autoComplete="one-time-code" />
      ) : (
        <Field name="email" label={t('front.email')} type="email" autoComplete="email" />
      )}
      {(stage === 'in' || stage === 'up') && (
        <Field
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
