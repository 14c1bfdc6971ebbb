import './account.css'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import type { Account } from '../../lib/types.ts'
import { AddressSection } from './AddressSection.tsx'
import { DataSection } from './DataSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { SecondFactorSection } from './SecondFactorSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { LookSection } from '../settings/LookSection.tsx'
import { Webhooks } from '../settings/Webhooks.tsx'
import { accountKey } from './use-deed.ts'

/** A person's own account, section by section. */
export default function AccountPage() {
  const { t } = useTranslation()
  usePageTitle(t('account.title'))
  const query = useQuery({ queryKey: [...accountKey, 'own'], queryFn: ({ signal }) => ask<Account>('/api/account', { signal }) })
  const account = query.data
  return (
    <main className="page slim settings" id="main" tabIndex={-1}>
      <h1 className="h1">{t('account.title')}</h1>
      {query.isPending && <Skeleton />}
      {query.isError && !account && (
        <Trouble
          title={t('shell.troubleTitle')}
          text={t('shell.troubleText')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {account?.isDemo && (
        <>
          <p className="two">{t('account.demo')}</p>
          <LookSection />
          <Webhooks />
        </>
      )}
      {account && !account.isDemo && <Sections account={account} />}
    </main>
  )
}

const Sections = ({ account }: { account: Account }) => (
  <>
    <ProfileSection account={account} />
    <LookSection />
    <AddressSection account={account} />
    {account.hasPassword && <PasswordSection />}
    {account.hasPassword && <SecondFactorSection isOn={account.twoFactor} />}
    <SessionsSection />
    <KeysSection account={account} />
    <Webhooks />
    <DataSection account={account} />
  </>
)
