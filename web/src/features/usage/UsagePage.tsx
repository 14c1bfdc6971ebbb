import './usage.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import type { OwnUsage } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { DayBars } from './DayBars.tsx'
import { EpisodeSums } from './EpisodeSums.tsx'
import { ExportButton } from './ExportButton.tsx'
import { Figures } from './Figures.tsx'
import { ProviderBars } from './ProviderBars.tsx'
import { daysOf, monthName, monthOf, monthsFrom } from './months.ts'

/** What was spent in a month, on which day, with whom, and on what; and how much of the plan is left. */
export default function UsagePage() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const [now] = useState(() => monthOf(new Date()))
  const [month, setMonth] = useState(now)
  usePageTitle(t('money.usage'))
  const days = useUsage(month, 'day')
  const providers = useUsage(month, 'provider')
  const episodes = useUsage(month, 'episode')
  const usage = days.data
  return (
    <main className="page usage" id="main" tabIndex={-1}>
      <div className="usagehead">
        <h1 className="h1">{t('money.usage')}</h1>
        {usage && usage.items.length > 0 && <ExportButton items={usage.items} month={month} />}
        <span className="months">
          <button type="button" className="ib" aria-label={t('money.month')} onClick={() => setMonth(monthsFrom(month, -1))}>
            <ChevronLeft className="i" aria-hidden="true" />
          </button>
          <b aria-live="polite">{monthName(month, language)}</b>
          <button
            type="button"
            className="ib"
            aria-label={t('money.nextMonth')}
            disabled={month >= now}
            onClick={() => setMonth(monthsFrom(month, 1))}
          >
            <ChevronRight className="i" aria-hidden="true" />
          </button>
        </span>
      </div>
      {days.isPending && <Skeleton />}
      {days.isError && !usage && (
        <Trouble
          title={t('shell.troubleTitle')}
          text={t('shell.troubleText')}
          error={days.error}
          onRetry={() => void days.refetch()}
        />
      )}
      {usage && <Figures usage={usage} month={month} isNow={month === now} />}
      {usage?.items.length === 0 && (
        <section className="empty">
          <h2 className="song">{t('money.emptyTitle')}</h2>
          <p className="two">{t('money.emptyText')}</p>
          <div className="acts">
            <Link className="btn" href="/new">
              {t('money.make')}
            </Link>
          </div>
        </section>
      )}
      {usage && usage.items.length > 0 && (
        <>
          <DayBars items={usage.items} month={month} />
          {providers.data && <ProviderBars items={providers.data.items} />}
          {episodes.data && <EpisodeSums items={episodes.data.items} />}
        </>
      )}
    </main>
  )
}

function useUsage(month: string, group: 'day' | 'provider' | 'episode') {
  const { from, to } = daysOf(month)
  return useQuery({
    queryKey: ['usage', month, group],
    queryFn: ({ signal }) => ask<OwnUsage>(`/api/usage?from=${from}&to=${to}&group=${group}`, { signal }),
    placeholderData: keepPreviousData,
  })
}
