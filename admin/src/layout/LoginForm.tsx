import { useState } from 'react'
import type { FormEvent } from 'react'
import { HttpError, useLogin, useTranslate } from 'react-admin'

export function LoginForm() {
  const t = useTranslate()
  const login = useLogin()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => form.getAll(name).find((value) => typeof value === 'string') ?? ''
    const email = typed('email').trim()
    const password = typed('password')
    if (!email || !password) return setRefusal('console.login.missing')
    setBusy(true)
    setRefusal(undefined)
    await login({ email, password }).catch((error: unknown) => setRefusal(wordsOf(error)))
    setBusy(false)
  }

  return (
    <form onSubmit={submit} noValidate>
      <label>
        {t('console.login.email')}
        <input name="email" type="email" autoComplete="username" autoFocus />
      </label>
      <label>
        {t('console.login.password')}
        <input name="password" type="password" autoComplete="current-password" />
      </label>
      {refusal && (
        <p className="refusal" role="alert">
          {t(refusal, { _: refusal })}
        </p>
      )}
      <button className="button ink" disabled={busy}>
        {t('console.login.submit')}
      </button>
    </form>
  )
}

/** A key of our own words, or what the server said. */
function wordsOf(error: unknown): string {
  if (error instanceof HttpError) return error.status === 401 ? 'console.login.wrong' : error.message
  if (error instanceof TypeError || !(error instanceof Error)) return 'console.error.offline'
  return error.message
}
