import { Pencil } from 'lucide-react'
import { memo } from 'react'
import { PlayIcon } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { onDemand, soon } from '../../lib/on-demand.ts'
import { loadEpisode, pause, play } from '../../lib/playback.ts'
import { clock } from '../../lib/time.ts'
import type { Line } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { LineMark } from './LineMark.tsx'
import { LineMend } from './LineMend.tsx'
import { lineChange, useSaveChange } from './edit-requests.ts'
import type { Editing } from './editing.ts'
import type { Hand } from './hand.ts'
import { chooseLine, closeLine, openLine, usePartOf } from './open-line.ts'
import { phraseAt } from './phrases.ts'
import { langTag } from '../../lib/lang-tag.ts'

// Most lines are heard as they are: what changes one is read when somebody is about to.
const LineEditor = onDemand(() => import('./LineEditor.tsx').then((file) => file.default))
const TakeList = onDemand(() => import('./TakeList.tsx').then((file) => file.TakeList))
const readEditor = soon(LineEditor)
const readTakes = soon(TakeList)

interface LineViewProps {
  line: Line
  startMs: number | null
  episodeId: string
  playlistUrl: string
  editing: Editing
  /** Null unless this line is the one being heard. */
  heardMs: number | null
  playing: boolean
  hand: Hand
}

/** One line: the same box in each of its states. */
export const LineView = memo(function LineView(props: LineViewProps) {
  const { line, startMs, episodeId, playlistUrl, editing, heardMs, playing, hand } = props
  const { t } = useTranslation()
  const screen = langTag(useUiLanguage())
  const part = usePartOf(line.originId)
  const hearable = line.status === 'ready' && startMs !== null
  const isEdited = (part === 'edit' || part === 'add') && editing !== 'none'
  const edit = () => openLine(line.originId, 'edit')
  const press = () => {
    if (playing) return pause()
    loadEpisode(episodeId, playlistUrl)
    play(startMs ?? 0)
  }
  const time = startMs === null ? '' : clock(startMs)
  const label = playing ? t('episode.playing', { time }) : t('episode.playFrom', { time })
  const classes = ['line', line.status, heardMs !== null && 'playing', editing !== 'none' && 'canedit', isEdited && 'open']
  return (
    <li
      id={`line-${line.id}`}
      tabIndex={-1}
      onFocus={() => chooseLine(line.id)}
      className={classes.filter(Boolean).join(' ')}
      {...(heardMs === null ? {} : { 'aria-current': true })}
    >
      {hearable ? (
        <button type="button" className="at" aria-label={label} onClick={press}>
          {time}
        </button>
      ) : (
        <LineMark status={line.status} />
      )}
      {isEdited ? (
        <LineEditor
          episodeId={episodeId}
          line={line}
          editing={editing}
          adds={part === 'add'}
          onClose={() => leave(line.id)}
          meanwhile={<p className="tx">{line.text}</p>}
        />
      ) : (
        <div>
          {/* On a phone the words are the button; for the keyboard there is one that shows when it has the focus. */}
          <p className="tx" onClick={() => hand === 'finger' && noSelection() && openLine(line.originId, 'sheet')}>
            {heardMs === null ? line.text : <Heard line={line} heardMs={heardMs} />}
          </p>
          {line.status === 'failed' && (
            <LineMend episodeId={episodeId} line={line} canMend={editing === 'repair'} onEdit={edit} />
          )}
          {line.status === 'skipped' && <Skipped episodeId={episodeId} line={line} canUnskip={editing !== 'none'} />}
          {line.takes > 1 && line.status !== 'skipped' && (
            <p className="note" lang={screen}>
              {t('listen.takesNote', { count: line.takes })}
              <button
                type="button"
                className="link"
                aria-expanded={part === 'takes'}
                onPointerEnter={readTakes}
                onFocus={readTakes}
                onClick={() => (part === 'takes' ? closeLine() : openLine(line.originId, 'takes'))}
              >
                {part === 'takes' ? t('listen.hideTakes') : t('listen.hearTakes')}
              </button>
            </p>
          )}
          {part === 'takes' && (
            <div lang={screen}>
              <TakeList
                episodeId={episodeId}
                line={line}
                editing={editing}
                onTaken={closeLine}
                meanwhile={<p className="meta">{t('shell.reading')}</p>}
              />
            </div>
          )}
        </div>
      )}
      <div className="tools" lang={screen}>
        {line.status === 'voicing' && t('episode.line.voicing')}
        {hearable && hand !== 'finger' && (
          <button type="button" className="ib play" tabIndex={-1} title={label} aria-label={label} onClick={press}>
            <PlayIcon playing={playing} />
          </button>
        )}
        {editing !== 'none' && !isEdited && hand !== 'finger' && (
          <button
            type="button"
            className="ib"
            title={t('edit.change')}
            aria-label={t('edit.changeLine', { number: line.position + 1 })}
            onPointerEnter={readEditor}
            onFocus={readEditor}
            onClick={edit}
          >
            <Pencil className="i s" aria-hidden="true" />
          </button>
        )}
        {hand !== 'desk' && (
          <button type="button" className="btn more" onClick={() => openLine(line.originId, 'sheet')}>
            {t('listen.lineMore', { number: line.position + 1 })}
          </button>
        )}
      </div>
    </li>
  )
})

const noSelection = () => getSelection()?.isCollapsed !== false

/** Back to the line itself, so that the keyboard goes on where it was. */
function leave(id: string) {
  closeLine()
  document.getElementById(`line-${id}`)?.focus({ preventScroll: true })
}

function Skipped({ episodeId, line, canUnskip }: { episodeId: string; line: Line; canUnskip: boolean }) {
  const { t } = useTranslation()
  const screen = langTag(useUiLanguage())
  const save = useSaveChange(episodeId)
  return (
    <p className="note" lang={screen}>
      {t('episode.line.skippedNote')}
      {canUnskip && (
        <button
          type="button"
          className="btn bare"
          disabled={save.isPending}
          onClick={() => save.mutate(lineChange(episodeId, line.id, { skip: false }))}
        >
          {t('edit.unskip')}
        </button>
      )}
    </p>
  )
}

/** The phrase being read has a dot under each character. */
function Heard({ line, heardMs }: { line: Line; heardMs: number }) {
  const { before, now, after } = phraseAt(line.text, heardMs / (line.durationMs ?? 1))
  return (
    <>
      {before}
      <em className="now">{now}</em>
      {after}
    </>
  )
}
