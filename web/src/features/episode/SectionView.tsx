import { SpeakerMark } from '../../components/Icons.tsx'
import type { Episode } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { LineView } from './LineView.tsx'
import { editingOf } from './editing.ts'
import { useSectionState } from './section-state.ts'
import type { Section } from './sections.ts'
import { langTag } from '../../lib/lang-tag.ts'

interface SectionViewProps {
  section: Section
  episode: Episode
  speakers: readonly string[]
  currentId: string | undefined
  /** How far into the current line the sound is. */
  intoMs: number
  playing: boolean
}

export function SectionView({ section, episode, speakers, currentId, intoMs, playing }: SectionViewProps) {
  const stateOf = useSectionState(episode.status)
  const screen = langTag(useUiLanguage())
  const editing = editingOf(episode)
  return (
    <section>
      {section.title !== '' && (
        <div className="chap" id={`section-${section.index}`}>
          <h2 style={section.total === 0 ? { color: 'var(--ink-3)' } : undefined}>{section.title}</h2>
          <span className="meta" lang={screen}>
            {stateOf(section)}
          </span>
        </div>
      )}
      {section.turns.map((turn) => {
        const speaker = speakers.indexOf(turn.speaker) + 1 || 1
        return (
          <section className="turn" key={turn.lines[0]?.line.id}>
            <h3 className={`who who-${speaker}`}>
              <SpeakerMark speaker={speaker} />
              <span>{turn.speaker}</span>
            </h3>
            <ol>
              {turn.lines.map(({ line, startMs }) => (
                <LineView
                  key={line.id}
                  line={line}
                  startMs={startMs}
                  episodeId={episode.id}
                  playlistUrl={episode.playlistUrl}
                  editing={editing}
                  heardMs={line.id === currentId ? intoMs : null}
                  playing={line.id === currentId && playing}
                />
              ))}
            </ol>
          </section>
        )
      })}
    </section>
  )
}
