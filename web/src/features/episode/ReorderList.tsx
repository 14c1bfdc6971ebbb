import './reorder.css'
import { GripVertical } from 'lucide-react'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { SpeakerMark } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { isConflict, scriptChange, useSaveChange } from './edit-requests.ts'
import { shifted, wantedOf } from './script-change.ts'

interface ReorderListProps {
  live: LiveEpisode
  onClose: () => void
}

const edgePx = 90
const scrollPx = 14

/** The lines to be put into another order, by a finger, a mouse or the arrow keys; nothing is sent before it is said to be done. */
export function ReorderList({ live: { episode, script }, onClose }: ReorderListProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const screen = langTag(useUiLanguage())
  const [lines, setLines] = useState(script.lines)
  const [held, setHeld] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const keyed = useRef<string | null>(null)
  const save = useSaveChange(episode.id)
  const isSame = lines.every(
    ({ id }, index) => id === script.lines[index]?.id && lines[index]?.section === script.lines[index]?.section,
  )

  const shift = (id: string, to: number) =>
    setLines((now) => {
      const next = shifted(now, id, to)
      if (next !== now) setSaid(t('listen.nowAt', { number: next.findIndex((line) => line.id === id) + 1, total: next.length }))
      return next
    })
  const drag = useEffectEvent(({ clientY }: globalThis.PointerEvent) => {
    if (held === null || !list.current) return
    if (clientY < edgePx) scrollBy(0, -scrollPx)
    else if (clientY > innerHeight - edgePx * 1.6) scrollBy(0, scrollPx)
    const rows = [...list.current.children]
    const below = rows.findIndex((row) => clientY < row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2)
    const from = lines.findIndex(({ id }) => id === held)
    const to = below < 0 ? rows.length - 1 : below > from ? below - 1 : below
    if (to !== from) shift(held, to)
  })
  // On the window: the row that is held changes its place in the page, and loses the pointer with it.
  useEffect(() => {
    if (held === null) return undefined
    const move = (event: globalThis.PointerEvent) => drag(event)
    const drop = () => setHeld(null)
    addEventListener('pointermove', move)
    addEventListener('pointerup', drop)
    addEventListener('pointercancel', drop)
    return () => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', drop)
      removeEventListener('pointercancel', drop)
    }
  }, [held])
  // For the same reason the handle is given the focus again after a key has moved it.
  useLayoutEffect(() => {
    if (keyed.current !== null) document.getElementById(`grip-${keyed.current}`)?.focus()
    keyed.current = null
  }, [lines])
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const from = lines.findIndex((line) => line.id === id)
    const places: Record<string, number> = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: lines.length - 1 }
    const to = places[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    keyed.current = id
    shift(id, to)
  }
  const send = () =>
    save.mutate(
      scriptChange(episode.id, (now) =>
        lines
          .flatMap((line) => now.find(({ id }) => id === line.id) ?? [])
          .map((line) => ({ ...wantedOf(line), section: lines.find(({ id }) => id === line.id)?.section ?? line.section })),
      ),
      {
        onSuccess: ({ version, status }) => (
          showToast(status === 'review' ? t('listen.ordered') : t('edit.began', { version })),
          onClose()
        ),
      },
    )
  return (
    <section className="reorder" aria-labelledby="reorder">
      <div className="bar">
        <h2 className="h3" id="reorder">
          {t('listen.reorder')}
        </h2>
        <button type="button" className="btn bare" onClick={onClose}>
          {t('shell.cancel')}
        </button>
        <button type="button" className="btn ink" disabled={isSame || save.isPending} onClick={send}>
          {t('listen.saveOrder')}
        </button>
      </div>
      <p className="meta" id="reorder-help">
        {t('listen.reorderHelp')}
      </p>
      {save.error && <Notice>{isConflict(save.error) ? t('listen.orderConflict') : say(save.error)}</Notice>}
      <p className="vh" role="status">
        {said}
      </p>
      <ol ref={list} lang={langTag(episode.language)}>
        {lines.map((line, index) => {
          const speaker = episode.speakers.findIndex(({ name }) => name === line.speaker) + 1 || 1
          const begins = index === 0 || lines[index - 1]?.section !== line.section
          const title = begins ? script.sections[line.section]?.title : ''
          return (
            <li key={line.id} className={held === line.id ? 'held' : ''}>
              {title && <h3>{title}</h3>}
              <div>
                <button
                  type="button"
                  className="ib grip"
                  lang={screen}
                  aria-label={t('listen.grip', { number: index + 1 })}
                  aria-describedby="reorder-help"
                  id={`grip-${line.id}`}
                  onPointerDown={(event) => event.button === 0 && setHeld(line.id)}
                  onKeyDown={(event) => onKeyDown(event, line.id)}
                >
                  <GripVertical className="i" strokeWidth={1.75} aria-hidden="true" />
                </button>
                <SpeakerMark speaker={speaker} />
                <span className={`who-${speaker}`}>{line.speaker}</span>
                <span className="tx">{line.text}</span>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
