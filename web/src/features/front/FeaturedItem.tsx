import { useCallback } from 'react'
import { Cover } from '../../components/Cover.tsx'
import { PlayIcon } from '../../components/Icons.tsx'
import { Parts } from '../../components/Parts.tsx'
import { TapeSlider } from '../../components/TapeSlider.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { castKey } from '../../lib/cast-key.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { barsOfLevels } from '../../lib/tape.ts'
import { clock } from '../../lib/time.ts'
import type { FeaturedEpisode } from './featured.ts'

interface FeaturedItemProps {
  episode: FeaturedEpisode
  /** While it is the one that was begun. */
  on: { playing: boolean; positionMs: number } | null
  onToggle: () => void
  onSeek: (ms: number) => void
}

/** One work: a press plays it, and beneath it the words go by as they are spoken. */
export function FeaturedItem({ episode, on, onToggle, onSeek }: FeaturedItemProps) {
  const { t } = useTranslation()
  const { title, kind, language, durationMs, speakers, levels } = episode
  const bars = useCallback((count: number) => barsOfLevels(levels, count), [levels])
  const solo = speakers.length < 2
  const playing = on?.playing === true
  return (
    <article className="demo">
      <div className="row">
        <Cover levels={levels} solo={solo} />
        <div className="d">
          <h3 className="h3" lang={langTag(language)}>
            {title}
          </h3>
          <p className="meta">
            <Parts>
              {kind === 'narration' ? t('episode.narration') : t(`episode.podcast.${castKey(speakers.length)}`)}
              {clock(durationMs)}
            </Parts>
          </p>
        </div>
        <button
          type="button"
          className={playing ? 'playb' : 'playb quiet'}
          aria-label={t(playing ? 'front.pause' : 'front.play', { title })}
          onClick={onToggle}
        >
          <PlayIcon playing={playing} />
        </button>
      </div>
      {on && (
        <>
          <div className="strip">
            <TapeSlider
              label={t('front.place', { title })}
              words={clock(on.positionMs)}
              bars={bars}
              height={40}
              solo={solo}
              positionMs={on.positionMs}
              totalMs={durationMs}
              onSeek={onSeek}
            />
          </div>
          <p className="meta times">
            <span>{clock(on.positionMs)}</span>
            <span>{clock(durationMs)}</span>
          </p>
          <Around episode={episode} positionMs={on.positionMs} />
        </>
      )}
    </article>
  )
}

/** The line that is heard, with the one before and the one after. */
function Around({ episode: { lines, language }, positionMs }: { episode: FeaturedEpisode; positionMs: number }) {
  const now = Math.max(
    0,
    lines.findLastIndex(({ startMs }) => startMs <= positionMs),
  )
  const first = Math.max(0, Math.min(now - 1, lines.length - 3))
  return (
    <ol className="around" lang={langTag(language)}>
      {lines.slice(first, first + 3).map(({ text, startMs }, index) => (
        <li key={first + index} className={first + index === now ? 'playing' : ''}>
          <span className="at">{clock(startMs)}</span>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  )
}
