import { HoldIcon } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money } from '../../lib/money.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { BudgetPanel } from './BudgetPanel.tsx'
import { PanelRows } from './PanelRows.tsx'
import { RepairPanel } from './RepairPanel.tsx'

/** The episode waits for a person: what happened, what it cost, what to do. */
export function HoldPanel({ live }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { status, cost } = live.episode
  if (status === 'needs_repair') return <RepairPanel live={live} />
  if (status === 'paused_budget') return <BudgetPanel live={live} />
  if (status !== 'review') return null
  return (
    <section className="panel" aria-labelledby="hold">
      <h2 id="hold">
        <HoldIcon />
        <span>{t(`episode.status.${status}`)}</span>
      </h2>
      <PanelRows
        rows={[
          { name: t('episode.costs'), words: money(cost.spentMicroUsd, language) },
          { name: t('episode.next'), words: t('episode.reviewNext') },
        ]}
      />
    </section>
  )
}
