import './front.css'
import check from 'api-check:#PasswordReset'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useRoute } from 'wouter'
import { Notice } from '../../components/Notice.tsx'
import { Title } from '../../components/Title.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { refreshSession } from '../../lib/session.ts'

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
  const { t, language } = useTranslation()
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
        <Title language={language}>{words}</Title>
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
    mutationFn: (body: object) => ask('/api/auth/reset-password', { method: 'POST', body }),
  })
  const form = useApiForm({
    check,
    start: { newPassword: '' },
    bodyOf: (typed) => ({ ...typed, token: tokenOf() }),
    names: { token: 'newPassword' },
  })
  return (
    <>
      <h1 className="h1">{t('account.reset')}</h1>
      {reset.isSuccess ? (
        <p role="status">{t('account.resetDone')}</p>
      ) : (
        <form noValidate onSubmit={form.sends((body: object) => reset.mutate(body))}>
          <Field
            form={form}
            name="newPassword"
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
