import { memo } from 'react'
import type { CSSProperties } from 'react'
import { SpeakerMark } from '../../components/Icons.tsx'
import type { EpisodeStatus } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { LineView } from './LineView.tsx'
import type { Editing } from './editing.ts'
import { useHand } from './hand.ts'
import { useSectionState } from './section-state.ts'
import { firstLines } from './sections.ts'
import type { Section } from './sections.ts'
import { langTag } from '../../lib/lang-tag.ts'

interface SectionViewProps {
  section: Section
  /** So many of its lines are drawn. */
  upTo: number
  episodeId: string
  playlistUrl: string
  status: EpisodeStatus
  editing: Editing
  speakers: readonly string[]
  currentId: string | undefined
  /** How far into the current line the sound is. */
  intoMs: number
  playing: boolean
}

/** A chapter of the script. Asked ten times a second while an episode is made, it draws itself only when something of it has changed. */
export const SectionView = memo(function SectionView(props: SectionViewProps) {
  const { section, upTo, episodeId, playlistUrl, status, editing, speakers, currentId, intoMs, playing } = props
  // Below the title of the section, or of the episode where the section has none.
  const Heading = section.title === '' ? 'h2' : 'h3'
  const stateOf = useSectionState(status)
  const hand = useHand()
  const screen = langTag(useUiLanguage())
  return (
    <section style={{ '--lines': section.total } as CSSProperties}>
      {section.title !== '' && (
        <div className="chap" id={`section-${section.index}`}>
          <h2 style={section.total === 0 ? { color: 'var(--ink-3)' } : undefined}>{section.title}</h2>
          <span className="meta" lang={screen}>
            {stateOf(section)}
          </span>
        </div>
      )}
      {firstLines(section, upTo).map((turn) => {
        const speaker = speakers.indexOf(turn.speaker) + 1 || 1
        return (
          <section className="turn" key={turn.lines[0]?.line.originId}>
            <Heading className={`who who-${speaker}`}>
              <SpeakerMark speaker={speaker} />
              <span>{turn.speaker}</span>
            </Heading>
            <ol>
              {turn.lines.map(({ line, startMs }) => (
                <LineView
                  key={line.originId}
                  line={line}
                  startMs={startMs}
                  episodeId={episodeId}
                  playlistUrl={playlistUrl}
                  editing={editing}
                  heardMs={line.id === currentId ? intoMs : null}
                  playing={line.id === currentId && playing}
                  hand={hand}
                />
              ))}
            </ol>
          </section>
        )
      })}
    </section>
  )
})
