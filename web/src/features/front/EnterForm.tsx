import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { signIn, signUp } from '../../lib/session.ts'
import { useEnterWords } from './enter-words.ts'

/** Sign-in and sign-up by e-mail in one form: only the name and two words differ. */
export function EnterForm() {
  const { t } = useTranslation()
  const [joining, setJoining] = useState(false)
  const say = useEnterWords()
  const enter = useMutation({
    mutationFn: (form: FormData) => {
      const [email, password] = [fieldOf(form, 'email').trim(), fieldOf(form, 'password')]
      return joining ? signUp(fieldOf(form, 'name').trim(), email, password) : signIn(email, password)
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    enter.mutate(new FormData(event.currentTarget))
  }
  const turn = () => {
    setJoining(!joining)
    enter.reset()
  }
  return (
    <form onSubmit={submit}>
      {joining && <Field name="name" label={t('front.name')} autoComplete="name" />}
      <Field name="email" label={t('front.email')} type="email" autoComplete="email" />
      <Field
        name="password"
        label={t('front.password')}
        type="password"
        autoComplete={joining ? 'new-password' : 'current-password'}
        hint={joining ? t('front.passwordHint') : undefined}
      />
      {enter.error && <Notice>{say(enter.error)}</Notice>}
      <div className="acts">
        <button type="submit" className="btn ink" disabled={enter.isPending}>
          {joining ? t('front.signUp') : t('front.signIn')}
        </button>
        <button type="button" className="link" onClick={turn}>
          {joining ? t('front.toSignIn') : t('front.toSignUp')}
        </button>
      </div>
    </form>
  )
}

interface FieldProps {
  name: string
  label: string
  type?: string
  autoComplete: string
  hint?: string | undefined
}

const Field = ({ name, label, type = 'text', autoComplete, hint }: FieldProps) => (
  <label>
    <span>{label}</span>
    <div className="field">
      <input name={name} type={type} autoComplete={autoComplete} required />
    </div>
    {hint && <div className="meta">{hint}</div>}
  </label>
)
