import './front.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { Link, useRoute } from 'wouter'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { refreshSession } from '../../lib/session.ts'
import { Field } from './Field.tsx'

const tokenOf = () => new URLSearchParams(location.search).get('token') ?? ''

/** Where the links of our mails lead: an address is confirmed, or a new password chosen. */
export default function LinkPage() {
  const [onReset] = useRoute('/reset')
  return (
    <main className="page slim enter" id="main">
      {onReset ? <Reset /> : <Verify />}
    </main>
  )
}

function Verify() {
  const { t } = useTranslation()
  usePageTitle(t('account.address'))
  const token = tokenOf()
  const verified = useQuery({
    queryKey: ['verify', token],
    queryFn: async () => {
      await ask(`/api/auth/verify-email?token=${encodeURIComponent(token)}`)
      await refreshSession()
      return true
    },
    retry: false,
    staleTime: Infinity,
  })
  const words = verified.isPending ? t('account.verifying') : verified.isError ? t('account.verifyFailed') : t('account.verified')
  return (
    <>
      <h1 className="h1" role="status">
        {words}
      </h1>
      <Link className="btn" href="/">
        {t('account.toStart')}
      </Link>
    </>
  )
}

function Reset() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  usePageTitle(t('account.reset'))
  const reset = useMutation({
    mutationFn: (newPassword: string) =>
      ask('/api/auth/reset-password', { method: 'POST', body: { newPassword, token: tokenOf() } }),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    reset.mutate(fieldOf(new FormData(event.currentTarget), 'password'))
  }
  return (
    <>
      <h1 className="h1">{t('account.reset')}</h1>
      {reset.isSuccess ? (
        <p role="status">{t('account.resetDone')}</p>
      ) : (
        <form onSubmit={submit}>
          <Field
            name="password"
            label={t('account.next')}
            type="password"
            autoComplete="new-password"
            hint={t('front.passwordHint')}
          />
          {reset.error && <Notice>{say(reset.error)}</Notice>}
          <div className="acts">
            <button type="submit" className="btn ink" disabled={reset.isPending}>
              {t('account.save')}
            </button>
          </div>
        </form>
      )}
      <Link className="link" href="/">
        {t('account.toStart')}
      </Link>
    </>
  )
}
