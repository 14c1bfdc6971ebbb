import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { isTyping } from '../../lib/keys.ts'
import { loadEpisode, play } from '../../lib/playback.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { lineChange, useQuickChange } from './edit-requests.ts'
import { editingOf } from './editing.ts'
import { openLine } from './open-line.ts'
import { moved } from './script-change.ts'

/** The script by keyboard: arrows go from line to line, E edits, Enter plays, R tries again, S skips, Alt and arrows move. */
export function useEpisodeKeys(live: LiveEpisode, timed: TimedScript, heardId: string | undefined) {
  const { t } = useTranslation()
  const quick = useQuickChange(live.episode.id)
  const { episode, script } = live
  const editing = editingOf(episode)

  const move = (event: KeyboardEvent) => {
    const id = focusedLine()
    if (id === undefined || !['review', 'ready'].includes(editing)) return
    event.preventDefault()
    if (event.repeat) return
    const number = script.lines.findIndex((line) => line.id === id) + 1
    quick.rewriteScript((lines) => moved(lines, id, event.key === 'ArrowUp' ? -1 : 1), t('edit.moved', { number }))
  }
  const press = (event: KeyboardEvent) => {
    const id = focusedLine() ?? heardId ?? firstInSight()
    const at = timed.lines.find(({ line }) => line.id === id)
    if (!at) return
    const { line, startMs } = at
    const may = editing !== 'none' && !event.repeat
    const isOnLine = event.target instanceof HTMLElement && event.target.classList.contains('line')
    // The first arrow comes to the line one is at, the next ones lead on.
    const step = focusedLine() === undefined ? 0 : 1
    const beside = (steps: number) => () => focusLine(script.lines[script.lines.indexOf(line) + steps]?.id)
    const listen = () => {
      loadEpisode(episode.id, episode.playlistUrl)
      play(startMs ?? 0)
    }
    const deeds: Record<string, (() => void) | false> = {
      arrowdown: beside(step),
      arrowup: beside(-step),
      enter: isOnLine && line.status === 'ready' && startMs !== null && listen,
      e: may && (() => openLine(line.originId, 'edit')),
      s: may && (() => quick.changeLine(lineChange(episode.id, line.id, { skip: line.status !== 'skipped' }))),
      r: may && line.status === 'failed' && (() => quick.changeLine(lineChange(episode.id, line.id, {}))),
    }
    const deed = deeds[event.key.toLowerCase()]
    if (!deed) return
    event.preventDefault()
    deed()
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isOfMove(event)) move(event)
    else if (!isTyping(event)) press(event)
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}

const isOfMove = ({ altKey, ctrlKey, metaKey, key, target }: KeyboardEvent) =>
  altKey &&
  !ctrlKey &&
  !metaKey &&
  (key === 'ArrowUp' || key === 'ArrowDown') &&
  target instanceof Element &&
  !target.closest('form, dialog')

const idOf = (line: Element | null | undefined) => line?.id.replace(/^line-/, '')

const focusedLine = () => idOf(document.activeElement?.closest('main .line'))

/** Where the eye is when nothing has the focus and nothing sounds. */
function firstInSight() {
  const isInSight = (element: Element) => element.getBoundingClientRect().bottom > innerHeight * 0.2
  // By chapters first: to be asked where a line is, the browser must lay out all of its chapter.
  const chapter = [...document.querySelectorAll('main .script > section')].find(isInSight)
  return idOf([...(chapter?.querySelectorAll('.line') ?? [])].find(isInSight))
}

function focusLine(id: string | undefined) {
  const line = id === undefined ? null : document.getElementById(`line-${id}`)
  line?.focus({ preventScroll: true })
  line?.scrollIntoView({ block: 'nearest' })
}
