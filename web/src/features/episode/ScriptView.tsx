import { useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { isSettled } from '../../lib/episode-life.ts'
import { usePlayback } from '../../lib/playback.ts'
import type { TimedLine, TimedScript } from '../../lib/script-times.ts'
import { FollowPill } from './FollowPill.tsx'
import { SectionView } from './SectionView.tsx'
import { editingOf } from './editing.ts'
import { useLinesShown } from './lines-shown.ts'
import { sectionKeeper } from './sections.ts'
import { langTag } from '../../lib/lang-tag.ts'

interface ScriptViewProps {
  live: LiveEpisode
  timed: TimedScript
  heard: TimedLine | undefined
}

const nothingHeard = { currentId: undefined, intoMs: 0, playing: false }

/** The printed script: pale where nothing is made yet, ink where it sounds. */
export function ScriptView({ live: { episode, script }, timed, heard: current }: ScriptViewProps) {
  const { t } = useTranslation()
  const playback = usePlayback()
  const [steadySections] = useState(sectionKeeper)
  const sections = useMemo(() => steadySections(script, timed), [steadySections, script, timed])
  const editing = editingOf(episode)
  const names = episode.speakers.map(({ name }) => name).join('\n')
  const speakers = useMemo(() => names.split('\n'), [names])
  const shown = useLinesShown(timed.lines.length)

  if (script.lines.length === 0 && script.sections.length === 0) {
    return (
      <p className="two" style={{ padding: 'var(--x6) 0' }}>
        {isSettled(episode.status) ? t('episode.noScript') : t('episode.writingLines')}
      </p>
    )
  }
  return (
    <div className="script" lang={langTag(episode.language)}>
      {sections
        .filter(({ before }) => before < shown)
        .map((section) => (
          <SectionView
            key={section.index}
            section={section}
            upTo={Math.min(section.total, shown - section.before)}
            episodeId={episode.id}
            playlistUrl={episode.playlistUrl}
            status={episode.status}
            editing={editing}
            speakers={speakers}
            {...(current?.line.section === section.index
              ? { currentId: current.line.id, intoMs: playback.positionMs - (current.startMs ?? 0), playing: playback.playing }
              : nothingHeard)}
          />
        ))}
      <FollowPill currentId={current?.line.id} playing={current !== undefined && playback.playing} />
    </div>
  )
}
