import { useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import { Fact, Facts } from '../fields/Facts.tsx'
import { useFormats } from '../fields/formats.ts'
import { LoadError } from '../layout/LoadError.tsx'
import { PageHeader } from '../layout/PageHeader.tsx'
import { NoticeCard } from '../notices/NoticeCard.tsx'
import { useRead } from '../layout/use-read.ts'
import type { Settings } from '../records.ts'
import { CapForm } from './CapForm.tsx'
import { SpendingSwitch } from './SpendingSwitch.tsx'
import { UsageTable } from './UsageTable.tsx'
import './spending.css'

const REFRESH_MS = 5_000

/** The caps that hold for everybody, the kill switch, and what is spent by day, service and user. */
export function SpendingPage() {
  const t = useTranslate()
  const { data, error, refetch } = useRead<Settings>('/admin/settings', REFRESH_MS)
  const again = () => void refetch()
  return (
    <div className="page">
      <PageHeader
        title={t('resources.settings.name')}
        actions={
          data && (
            <AdminOnly>
              <SpendingSwitch stopped={data.spendingStopped} onChanged={again} />
            </AdminOnly>
          )
        }
      />
      {error && <LoadError error={error} again={again} />}
      {!data && !error && <p className="nothing-yet">{t('console.loading')}</p>}
      {data && (
        <>
          <Figures settings={data} />
          <AdminOnly>
            <div className="caps">
              <CapForm
                key={`day ${data.dailyCapMicroUsd}`}
                field="dailyCapMicroUsd"
                now={data.dailyCapMicroUsd}
                mayBeEmpty
                onSaved={again}
              />
              <CapForm
                key={`plan ${data.monthlyPlanMicroUsd}`}
                field="monthlyPlanMicroUsd"
                now={data.monthlyPlanMicroUsd}
                onSaved={again}
              />
            </div>
          </AdminOnly>
        </>
      )}
      <NoticeCard />
      <UsageTable group="day" />
      <UsageTable group="provider" />
      <UsageTable group="user" />
    </div>
  )
}

function Figures({ settings }: { settings: Settings }) {
  const t = useTranslate()
  const { count, money } = useFormats()
  return (
    <Facts>
      <Fact name={t('console.spending.state')}>
        {t(settings.spendingStopped ? 'console.spending.stopped' : 'console.spending.allowed')}
      </Fact>
      <Fact name={t('console.spending.today')}>{money(settings.todayMicroUsd)}</Fact>
      <Fact name={t('console.spending.held')}>{money(settings.todayHeldMicroUsd)}</Fact>
      <Fact name={t('console.spending.dailyCapMicroUsd')}>
        {settings.dailyCapMicroUsd === null ? t('console.episode.no_cap') : money(settings.dailyCapMicroUsd)}
      </Fact>
      <Fact name={t('console.spending.monthlyPlanMicroUsd')}>{money(settings.monthlyPlanMicroUsd)}</Fact>
      <Fact name={t('console.spending.paused')}>{count(settings.pausedEpisodes)}</Fact>
    </Facts>
  )
}
