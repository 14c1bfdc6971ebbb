import type { LiveEpisode } from '../../lib/episode-events.ts'
import { BudgetPanel } from './BudgetPanel.tsx'
import { RepairPanel } from './RepairPanel.tsx'
import { ReviewPanel } from './ReviewPanel.tsx'

/** The episode waits for a person: what happened, what it cost, what to do. */
export function HoldPanel({ live }: { live: LiveEpisode }) {
  const { status } = live.episode
  if (status === 'needs_repair') return <RepairPanel live={live} />
  if (status === 'review') return <ReviewPanel live={live} />
  return status === 'paused_budget' ? <BudgetPanel live={live} /> : null
}
