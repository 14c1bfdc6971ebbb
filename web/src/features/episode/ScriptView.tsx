import { useMemo } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { isSettled } from '../../lib/episode-life.ts'
import { usePlayback } from '../../lib/playback.ts'
import { lineAt } from '../../lib/script-times.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { FollowPill } from './FollowPill.tsx'
import { SectionView } from './SectionView.tsx'
import { sectionsOf } from './sections.ts'
import { langTag } from '../../lib/lang-tag.ts'

interface ScriptViewProps {
  live: LiveEpisode
  timed: TimedScript
}

/** The printed script: pale where nothing is made yet, ink where it sounds. */
export function ScriptView({ live: { episode, script }, timed }: ScriptViewProps) {
  const { t } = useTranslation()
  const playback = usePlayback()
  const sections = useMemo(() => sectionsOf(script, timed), [script, timed])
  const mine = playback.episodeId === episode.id && (playback.playing || playback.positionMs > 0)
  const current = mine ? lineAt(timed, playback.positionMs) : undefined
  const speakers = useMemo(() => episode.speakers.map(({ name }) => name), [episode.speakers])

  if (script.lines.length === 0 && script.sections.length === 0) {
    return (
      <p className="two" style={{ padding: 'var(--x6) 0' }}>
        {isSettled(episode.status) ? t('episode.noScript') : t('episode.writingLines')}
      </p>
    )
  }
  return (
    <div lang={langTag(episode.language)}>
      {sections.map((section) => (
        <SectionView
          key={section.index}
          section={section}
          episode={episode}
          speakers={speakers}
          currentId={current?.line.id}
          intoMs={current ? playback.positionMs - (current.startMs ?? 0) : 0}
          playing={playback.playing}
        />
      ))}
      <FollowPill currentId={current?.line.id} playing={mine && playback.playing} />
    </div>
  )
}
