import type { LiveEpisode } from '../../lib/episode-events.ts'
import { onDemand } from '../../lib/on-demand.ts'
import { SourceBox } from './SourceBox.tsx'

// The script stands first.
const OfEpisode = onDemand(() => import('./OfEpisode.tsx').then((file) => file.OfEpisode))

/** The right column: what it comes from, what came of it, what it cost. */
export const SideBoxes = ({ live, heardId }: { live: LiveEpisode; heardId: string | undefined }) => (
  <>
    <SourceBox live={live} heardId={heardId} />
    <OfEpisode episode={live.episode} />
  </>
)
