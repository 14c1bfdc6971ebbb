import { Suspense, lazy } from 'react'
import { Trouble } from '../components/Trouble.tsx'
import { useTranslation } from '../i18n/translation.ts'
import { useSession } from '../lib/session.ts'
import { HouseNotices } from './HouseNotices.tsx'
import { SignedIn } from './SignedIn.tsx'

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
  if (session.isPending) return null
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
  if (session.data) return <SignedIn person={session.data} />
  return (
    <Suspense>
      <Front />
    </Suspense>
  )
}
