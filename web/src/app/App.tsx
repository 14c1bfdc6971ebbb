import { Suspense, lazy } from 'react'
import { useRoute } from 'wouter'
import { Trouble } from '../components/Trouble.tsx'
import { withWords } from '../i18n/start.ts'
import { useTranslation } from '../i18n/translation.ts'
import { useConfig, useSession } from '../lib/session.ts'
import { HouseNotices } from './HouseNotices.tsx'

const SignedIn = lazy(() => import('./SignedIn.tsx'))
const LinkPage = lazy(() => withWords(import('../features/front/LinkPage.tsx')))
const Front = lazy(() => import('../features/front/Front.tsx'))

export function App() {
  return (
    <>
      <HouseNotices />
      <Pages />
    </>
  )
}

/** A stranger sees the front page whatever the address; the address is kept for after the sign-in. */
function Pages() {
  const { t } = useTranslation()
  const session = useSession()
  const config = useConfig()
  const [onVerify] = useRoute('/verify')
  const [onReset] = useRoute('/reset')
  // What the front page offers differs by the house: nothing of it moves because that was told a moment later.
  const awaitsConfig = !session.data && config.isPending && config.failureCount === 0
  if (session.isPending || (awaitsConfig && !session.isError)) return null
  if (session.isError) {
    return (
      <main className="page slim">
        <Trouble
          title={t('shell.troubleTitle')}
          text={t('shell.troubleText')}
          error={session.error}
          onRetry={() => void session.refetch()}
        />
      </main>
    )
  }
  // What a mail leads to is the same for whoever is signed in, and for nobody.
  if (onVerify || onReset)
    return (
      <Suspense>
        <LinkPage />
      </Suspense>
    )
  return <Suspense>{session.data ? <SignedIn person={session.data} /> : <Front />}</Suspense>
}
