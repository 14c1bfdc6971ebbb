import { memo } from 'react'
import type { Episode } from '../../lib/types.ts'
import { EpisodeWords } from '../pronunciations/EpisodeWords.tsx'
import { Receipt } from '../receipt/Receipt.tsx'
import { ShareBox } from '../sharing/ShareBox.tsx'
import { AppendBox } from './AppendBox.tsx'
import { TakeAlong } from './TakeAlong.tsx'
import { VersionList } from './VersionList.tsx'

interface OfEpisodeProps {
  episode: Episode
  /** One part of it, for a panel; left out: all, for a column. */
  only?: 'versions' | 'receipt' | 'words' | 'share'
  /** Something was chosen that shows elsewhere. */
  onGo?: () => void
}

/** What came of an episode and what it cost. Lines come ten times a second, the episode itself seldom: it is drawn again only then. */
export const OfEpisode = memo(function OfEpisode({ episode, only, onGo }: OfEpisodeProps) {
  const shows = (part: OfEpisodeProps['only']) => only === undefined || only === part
  return (
    <>
      {only === 'share' && <ShareBox episode={episode} />}
      {shows('share') && <TakeAlong episode={episode} />}
      {only === undefined && <ShareBox episode={episode} />}
      {shows('versions') && (
        <>
          <VersionList episode={episode} {...(onGo && { onGo })} />
          {episode.status === 'ready' && <AppendBox episode={episode} />}
        </>
      )}
      {shows('words') && <EpisodeWords episode={episode} />}
      {shows('receipt') && <Receipt episode={episode} />}
    </>
  )
})
