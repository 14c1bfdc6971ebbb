import { memo, useRef } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { isSettled } from '../../lib/episode-life.ts'
import { clock } from '../../lib/time.ts'
import type { Episode } from '../../lib/types.ts'
import { castKey } from '../../lib/cast-key.ts'
import { useIsWide } from '../../lib/use-media.ts'
import { EndPanel } from './EndPanel.tsx'
import { EpisodeTitle } from './EpisodeTitle.tsx'
import { EpisodeTools } from './EpisodeTools.tsx'
import { HoldPanel } from './HoldPanel.tsx'
import { PhoneTop } from './PhoneTop.tsx'
import { StatusLine } from './StatusLine.tsx'

interface OfEpisode {
  episode: Episode
  onReorder: (() => void) | undefined
}

/** What it is, how far it is, what it waits for. */
export function EpisodeHead({ live, onReorder }: { live: LiveEpisode; onReorder: (() => void) | undefined }) {
  return (
    <header className="ephead">
      <Headline episode={live.episode} onReorder={onReorder} />
      <HoldPanel live={live} />
      <EndPanel live={live} />
    </header>
  )
}

/** Drawn again when the episode has changed, not with each of its lines. */
const Headline = memo(function Headline({ episode, onReorder }: OfEpisode) {
  const { t } = useTranslation()
  const isWide = useIsWide()
  const title = useRef<HTMLDivElement>(null)
  const length = isSettled(episode.status) ? episode.durationMs : null
  return (
    <>
      <p className="kick">
        <span>
          {episode.kind === 'narration' ? t('episode.narration') : t(`episode.podcast.${castKey(episode.speakers.length)}`)}
        </span>
        <span>{t(`episode.${episode.language}`)}</span>
        <span>{t('episode.sources', { count: episode.sources.length })}</span>
        {length !== null && length > 0 && <span>{clock(length)}</span>}
      </p>
      <div className="titlebar" ref={title}>
        <EpisodeTitle episode={episode} />
        {isWide && (
          <span className="tools">
            <EpisodeTools episode={episode} onReorder={onReorder} />
          </span>
        )}
      </div>
      {!isWide && <PhoneTop episode={episode} title={title} onReorder={onReorder} />}
      <StatusLine episode={episode} />
    </>
  )
})
