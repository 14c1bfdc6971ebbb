import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { LoadError } from '../layout/LoadError.tsx'
import { PageHeader } from '../layout/PageHeader.tsx'
import { useRead } from '../layout/use-read.ts'
import type { Dashboard } from '../records.ts'
import { Alerts } from './Alerts.tsx'
import { BackupCard } from './BackupCard.tsx'
import { Checks } from './Checks.tsx'
import { LatestEpisodes } from './LatestEpisodes.tsx'
import { ProviderErrors } from './ProviderErrors.tsx'
import { Queues } from './Queues.tsx'
import { Today } from './Today.tsx'
import './dashboard.css'

const REFRESH_MS = 10_000

/** How the house does now, from what needs a person first to what is being made. */
export function DashboardPage() {
  const t = useTranslate()
  const { moment } = useFormats()
  const { data, error, refetch } = useRead<Dashboard>('/admin/dashboard', REFRESH_MS)
  return (
    <div className="page">
      <PageHeader title={t('console.dashboard.name')} actions={data && <span className="meta at">{moment(data.at)}</span>} />
      {error && <LoadError error={error} again={() => void refetch()} />}
      {!data && !error && <p className="nothing-yet">{t('console.loading')}</p>}
      {data && <Parts house={data} />}
    </div>
  )
}

function Parts({ house }: { house: Dashboard }) {
  return (
    <>
      <Alerts house={house} />
      <Checks checks={house.checks} />
      <div className="board two-parts">
        <Today house={house} />
        <BackupCard house={house} />
      </div>
      <div className="board parts">
        <Queues queues={house.queues} />
        {house.providers.map((provider) => (
          <ProviderErrors key={provider.provider} provider={provider} />
        ))}
      </div>
      <LatestEpisodes />
    </>
  )
}
