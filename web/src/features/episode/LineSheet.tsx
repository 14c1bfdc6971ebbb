import { ArrowDown, ArrowUp, BookOpen, GripVertical, History, Minus, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { PlayIcon, SpeakerMark } from '../../components/Icons.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { loadEpisode, play } from '../../lib/playback.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { clock } from '../../lib/time.ts'
import { PassageList } from './PassageList.tsx'
import { TakeList } from './TakeList.tsx'
import { lineChange, useQuickChange } from './edit-requests.ts'
import { editingOf } from './editing.ts'
import { closeLine, openLine, useOpenLine } from './open-line.ts'
import { moved, without } from './script-change.ts'

interface LineSheetProps {
  live: LiveEpisode
  timed: TimedScript
  onReorder: () => void
}

/** What one does with a line on a phone: a tap on its words brings it up. */
export function LineSheet({ live: { episode, script }, timed, onReorder }: LineSheetProps) {
  const { t } = useTranslation()
  const open = useOpenLine()
  const quick = useQuickChange(episode.id)
  const [shown, setShown] = useState<'takes' | 'source' | null>(null)
  const at = timed.lines.find(({ line }) => line.originId === open?.id)
  if (!at || open?.part !== 'sheet') return null
  const { line, startMs } = at
  const editing = editingOf(episode)
  const number = script.lines.indexOf(line) + 1
  const close = () => (setShown(null), closeLine())
  const instead = (deed: () => void) => () => (close(), deed())
  const isSkipped = line.status === 'skipped'
  const reshapes = editing === 'review' || editing === 'ready'
  const listen = () => {
    loadEpisode(episode.id, episode.playlistUrl)
    play(startMs ?? 0)
  }
  const move = (step: -1 | 1) => quick.rewriteScript((now) => moved(now, line.id, step), t('edit.moved', { number }))
  return (
    <Sheet title={t('listen.line', { number })} onClose={close}>
      <p className="saidby">
        <SpeakerMark speaker={episode.speakers.findIndex(({ name }) => name === line.speaker) + 1 || 1} />
        {line.speaker}
      </p>
      <blockquote className="spoken" lang={langTag(episode.language)}>
        {line.text}
      </blockquote>
      <ul className="verbs">
        {line.status === 'ready' && startMs !== null && (
          <Verb icon={<PlayIcon />} onDo={instead(listen)}>
            {t('episode.playFrom', { time: clock(startMs) })}
          </Verb>
        )}
        {editing !== 'none' && (
          // Opened in place of the panel, once that is gone: the focus belongs to the field.
          <Verb
            icon={<Pencil className="i" strokeWidth={1.75} aria-hidden="true" />}
            onDo={instead(() => setTimeout(openLine, 60, line.originId, 'edit'))}
          >
            {t('edit.change')}
          </Verb>
        )}
        {line.takes > 1 && (
          <Verb
            icon={<History className="i" strokeWidth={1.75} aria-hidden="true" />}
            onDo={() => setShown('takes')}
            open={shown === 'takes'}
          >
            {t('listen.takes')}
          </Verb>
        )}
        {shown === 'takes' && (
          <li>
            <TakeList episodeId={episode.id} line={line} editing={editing} onTaken={close} />
          </li>
        )}
        {line.passages > 0 && (
          <Verb
            icon={<BookOpen className="i" strokeWidth={1.75} aria-hidden="true" />}
            onDo={() => setShown('source')}
            open={shown === 'source'}
          >
            {t('listen.lineSource')}
          </Verb>
        )}
        {shown === 'source' && (
          <li>
            <PassageList episodeId={episode.id} lineId={line.id} whole />
          </li>
        )}
        {editing !== 'none' && (
          <Verb
            icon={<Minus className="i" strokeWidth={1.75} aria-hidden="true" />}
            onDo={instead(() => quick.changeLine(lineChange(episode.id, line.id, { skip: !isSkipped })))}
          >
            {isSkipped ? t('edit.unskip') : t('edit.skip')}
          </Verb>
        )}
        {reshapes && (
          <>
            <Verb
              icon={<Plus className="i" strokeWidth={1.75} aria-hidden="true" />}
              onDo={instead(() => setTimeout(openLine, 60, line.originId, 'add'))}
            >
              {t('edit.addBelow')}
            </Verb>
            <Verb icon={<ArrowUp className="i" strokeWidth={1.75} aria-hidden="true" />} onDo={instead(() => move(-1))}>
              {t('edit.moveUp')}
            </Verb>
            <Verb icon={<ArrowDown className="i" strokeWidth={1.75} aria-hidden="true" />} onDo={instead(() => move(1))}>
              {t('edit.moveDown')}
            </Verb>
            <Verb icon={<GripVertical className="i" strokeWidth={1.75} aria-hidden="true" />} onDo={instead(onReorder)}>
              {t('listen.reorder')}
            </Verb>
            {script.lines.length > 1 && (
              <Verb
                icon={<Trash2 className="i" strokeWidth={1.75} aria-hidden="true" />}
                onDo={instead(() => quick.rewriteScript((now) => without(now, line.id), t('edit.taken', { number })))}
              >
                {t('edit.takeOut')}
              </Verb>
            )}
          </>
        )}
      </ul>
    </Sheet>
  )
}

const Verb = ({ icon, onDo, open, children }: { icon: ReactNode; onDo: () => void; open?: boolean; children: ReactNode }) => (
  <li>
    <button type="button" onClick={onDo} {...(open === undefined ? {} : { 'aria-expanded': open })}>
      {icon}
      {children}
    </button>
  </li>
)
