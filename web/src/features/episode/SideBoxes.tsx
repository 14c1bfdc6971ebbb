import { memo } from 'react'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import type { Episode } from '../../lib/types.ts'
import { Receipt } from '../receipt/Receipt.tsx'
import { ShareBox } from '../sharing/ShareBox.tsx'
import { EpisodeWords } from '../pronunciations/EpisodeWords.tsx'
import { AppendBox } from './AppendBox.tsx'
import { SourceBox } from './SourceBox.tsx'
import { TakeAlong } from './TakeAlong.tsx'
import { VersionList } from './VersionList.tsx'

/** The right column: what it comes from, what came of it, what it cost. */
export function SideBoxes({ live, heardId }: { live: LiveEpisode; heardId: string | undefined }) {
  const { episode } = live
  return (
    <>
      <SourceBox live={live} heardId={heardId} />
      <OfEpisode episode={episode} />
    </>
  )
}

/** Lines come ten times a second, the episode itself seldom: what is not about lines is drawn again only then. */
const OfEpisode = memo(function OfEpisode({ episode }: { episode: Episode }) {
  return (
    <>
      <TakeAlong episode={episode} />
      <ShareBox episode={episode} />
      <VersionList episode={episode} />
      {episode.status === 'ready' && <AppendBox episode={episode} />}
      <EpisodeWords episode={episode} />
      <Receipt episode={episode} />
    </>
  )
})
