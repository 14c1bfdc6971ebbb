import { useMemo } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { currentPlayback, loadEpisode, pause, play, seek, usePlayback } from '../../lib/playback.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { lineAt } from '../../lib/script-times.ts'
import { clock } from '../../lib/time.ts'
import { useSectionState } from './section-state.ts'
import { titledSectionsOf } from './sections.ts'

/** The titled sections with their state; nothing of a script that has none. The title leads to the words, and the sound along with it; the time plays from there. */
export function ChapterList({
  live: { episode, script },
  timed,
  onGo,
}: {
  live: LiveEpisode
  timed: TimedScript
  onGo?: () => void
}) {
  const { t } = useTranslation()
  const playback = usePlayback()
  const stateOf = useSectionState(episode.status)
  const sections = useMemo(() => titledSectionsOf(script, timed), [script, timed])
  const here = playback.episodeId === episode.id ? lineAt(timed, playback.positionMs)?.line.section : undefined
  const go = (startMs: number) => {
    if (currentPlayback().episodeId === episode.id) seek(startMs)
  }
  const playFrom = (startMs: number) => {
    if (currentPlayback().episodeId !== episode.id) pause()
    loadEpisode(episode.id, episode.playlistUrl)
    play(startMs)
  }
  if (sections.length === 0) return null
  return (
    <ol className="toc" lang={langTag(episode.language)}>
      {sections.map((section) => {
        const { index, title, startMs } = section
        const heardFrom = startMs !== null && startMs < episode.progress.playableMs ? startMs : null
        return (
          <li key={index} className={index === here ? 'on' : ''} {...(index === here ? { 'aria-current': 'true' as const } : {})}>
            <a
              href={`#section-${index}`}
              onClick={(event) => {
                if (heardFrom !== null) go(heardFrom)
                if (!onGo) return
                // The panel's own step in the history must not be the one the address changes.
                event.preventDefault()
                onGo()
                setTimeout(() => document.getElementById(`section-${index}`)?.scrollIntoView(), 120)
              }}
            >
              {title}
            </a>
            {heardFrom !== null && section.done === section.total ? (
              <button
                type="button"
                className="meta"
                aria-label={t('episode.playChapter', { title, time: clock(heardFrom) })}
                onClick={() => playFrom(heardFrom)}
              >
                {clock(heardFrom)}
              </button>
            ) : (
              <span className="meta">{stateOf(section, true)}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
