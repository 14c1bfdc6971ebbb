import { ArrowDown, ArrowUp, Ellipsis, MessageSquare, Minus, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Menu } from '../../components/Menu.tsx'
import { Deed } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { queries } from '../../lib/queries.ts'
import type { Line } from '../../lib/types.ts'
import { LineForm } from './LineForm.tsx'
import { lineChange, newestRevision, revisionFor, scriptChange, useQuickChange } from './edit-requests.ts'
import type { Rewrite } from './edit-requests.ts'
import type { Editing } from './editing.ts'
import { added, draftOf, moved, saidBy, without } from './script-change.ts'

interface LineEditorProps {
  episodeId: string
  line: Line
  editing: Exclude<Editing, 'none'>
  /** Begins with a new line below instead. */
  adds?: boolean
  onClose: () => void
}

/** A line being changed where it stands: its words, its voice, its place. */
export default function LineEditor({ episodeId, line, editing, adds = false, onClose }: LineEditorProps) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(adds)
  const live = queries.getQueryData<LiveEpisode>(liveKey(episodeId))
  const [opened] = useState(() => live && { script: live.script, line })
  if (!live || !opened) return null
  const { language, speakers } = live.episode
  if (adding) return <NewLine episodeId={episodeId} live={live} after={line} editing={editing} onClose={onClose} />
  // In repair a line belongs to its run, not to a script that could have changed meanwhile.
  const revision = (anyway: boolean) =>
    editing === 'repair' ? {} : { revision: anyway ? newestRevision(episodeId) : revisionFor(opened, episodeId) }
  return (
    <LineForm
      episodeId={episodeId}
      language={language}
      speaker={line.speaker}
      start={draftOf(line)}
      draftKey={line.originId}
      change={({ text, voiceId, direction }, anyway) =>
        lineChange(episodeId, line.id, { ...revision(anyway), text, voiceId, direction: direction || null })
      }
      isPaidNow={editing === 'ready'}
      saveWords={editing === 'ready' ? t('edit.saveAndMake') : t('edit.save')}
      onClose={onClose}
    >
      <LineVerbs
        episodeId={episodeId}
        line={line}
        lines={live.script.lines}
        speakers={editing === 'repair' ? [] : speakers}
        editing={editing}
        onAdd={() => setAdding(true)}
        onDone={onClose}
      />
    </LineForm>
  )
}

interface LineVerbsProps {
  episodeId: string
  line: Line
  lines: readonly Line[]
  speakers: LiveEpisode['episode']['speakers']
  editing: Exclude<Editing, 'none'>
  onAdd: () => void
  onDone: () => void
}

function LineVerbs({ episodeId, line, lines, speakers, editing, onAdd, onDone }: LineVerbsProps) {
  const { t } = useTranslation()
  const quick = useQuickChange(episodeId)
  const number = lines.indexOf(line) + 1
  const isSkipped = line.status === 'skipped'
  const skip = () => (quick.changeLine(lineChange(episodeId, line.id, { skip: !isSkipped })), onDone())
  const change = (rewrite: Rewrite, words: string) => (quick.rewriteScript(rewrite, words), onDone())
  return (
    <Menu
      label={t('edit.more')}
      title={t('edit.more')}
      className="ib"
      items={() => (
        <>
          {editing !== 'repair' && (
            <>
              <Deed icon={<Plus className="i s" aria-hidden="true" />} onDo={onAdd}>
                {t('edit.addBelow')}
              </Deed>
              <Deed
                icon={<ArrowUp className="i s" aria-hidden="true" />}
                onDo={() => change((now) => moved(now, line.id, -1), t('edit.moved', { number }))}
              >
                {t('edit.moveUp')}
              </Deed>
              <Deed
                icon={<ArrowDown className="i s" aria-hidden="true" />}
                onDo={() => change((now) => moved(now, line.id, 1), t('edit.moved', { number }))}
              >
                {t('edit.moveDown')}
              </Deed>
              {speakers
                .filter(({ name }) => name !== line.speaker)
                .map(({ name, voiceId }) => (
                  <Deed
                    key={name}
                    icon={<MessageSquare className="i s" aria-hidden="true" />}
                    onDo={() => change((now) => saidBy(now, line.id, name, voiceId), t('edit.given', { number, name }))}
                  >
                    {t('edit.giveTo', { name })}
                  </Deed>
                ))}
            </>
          )}
          <Deed icon={<Minus className="i s" aria-hidden="true" />} onDo={skip}>
            {isSkipped ? t('edit.unskip') : t('edit.skip')}
          </Deed>
          {editing !== 'repair' && lines.length > 1 && (
            <Deed
              icon={<Trash2 className="i s" aria-hidden="true" />}
              onDo={() => change((now) => without(now, line.id), t('edit.taken', { number }))}
            >
              {t('edit.takeOut')}
            </Deed>
          )}
        </>
      )}
    >
      <Ellipsis className="i" strokeWidth={1.75} aria-hidden="true" />
    </Menu>
  )
}

interface NewLineProps {
  episodeId: string
  live: LiveEpisode
  after: Line
  editing: Exclude<Editing, 'none'>
  onClose: () => void
}

/** A line that is not there yet: said by whoever did not speak last. */
function NewLine({ episodeId, live: { episode }, after, editing, onClose }: NewLineProps) {
  const { t } = useTranslation()
  const speaker = episode.speakers.find(({ name }) => name !== after.speaker) ?? episode.speakers[0]
  if (!speaker) return null
  return (
    <>
      <p className="tx">{after.text}</p>
      <LineForm
        episodeId={episodeId}
        language={episode.language}
        speaker={speaker.name}
        start={{ text: '', voiceId: speaker.voiceId, direction: '' }}
        draftKey={`after ${after.originId}`}
        change={({ text, voiceId, direction }) =>
          scriptChange(episodeId, (now) =>
            added(now, after.id, { speaker: speaker.name, text, voiceId, direction: direction || null }),
          )
        }
        isPaidNow={editing === 'ready'}
        saveWords={editing === 'ready' ? t('edit.saveAndMake') : t('edit.save')}
        onClose={onClose}
      />
    </>
  )
}
