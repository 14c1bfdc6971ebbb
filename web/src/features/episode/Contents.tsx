import { useMemo } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { usePlayback } from '../../lib/playback.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { lineAt } from '../../lib/script-times.ts'
import { CastList } from './CastList.tsx'
import { useSectionState } from './section-state.ts'
import { sectionsOf } from './sections.ts'
import { langTag } from '../../lib/lang-tag.ts'

/** The left column: sections with their state, and who speaks. */
export function Contents({ live: { episode, script }, timed }: { live: LiveEpisode; timed: TimedScript }) {
  const { t } = useTranslation()
  const playback = usePlayback()
  const stateOf = useSectionState(episode.status)
  const sections = useMemo(() => sectionsOf(script, timed), [script, timed])
  const here = playback.episodeId === episode.id ? lineAt(timed, playback.positionMs)?.line.section : undefined
  return (
    <>
      <ol className="toc" lang={langTag(episode.language)}>
        {sections.map((section) => (
          <li key={section.index}>
            <a href={`#section-${section.index}`} className={section.index === here ? 'on' : ''}>
              <span>{section.title}</span>
              <span className="meta">{stateOf(section, true)}</span>
            </a>
          </li>
        ))}
      </ol>
      <h2 className="h3">{t('episode.cast')}</h2>
      <CastList speakers={episode.speakers} />
    </>
  )
}
