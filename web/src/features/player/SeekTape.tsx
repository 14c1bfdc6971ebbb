import { useCallback, useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { Tape } from '../../components/Tape.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { seek } from '../../lib/playback.ts'
import { barsOfScript } from '../../lib/tape.ts'
import { clock } from '../../lib/time.ts'
import type { PlayerView } from './view.ts'

const stepMs = 5_000

/** The tape as the seek bar. What is not made yet can't be reached. */
export function SeekTape({
  episode,
  script,
  playback,
  playableMs,
  totalMs,
  current,
  height,
  bar,
}: PlayerView & { height: number; bar: number }) {
  const { t } = useTranslation()
  const dragging = useRef(false)
  const { lines } = script
  const speakers = episode.speakers
  const bars = useCallback(
    (count: number) =>
      barsOfScript(
        { lines, totalMs, exact: true },
        speakers.map(({ name }) => name),
        count,
      ),
    [lines, totalMs, speakers],
  )
  const to = (ms: number) => seek(Math.min(Math.max(0, ms), Math.max(0, playableMs - 200)))
  const toPointer = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    to(((event.clientX - left) / width) * totalMs)
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (playableMs === 0) return
    dragging.current = true
    event.currentTarget.setPointerCapture(event.pointerId)
    toPointer(event)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const places: Record<string, number> = {
      ArrowLeft: playback.positionMs - stepMs,
      ArrowRight: playback.positionMs + stepMs,
      Home: 0,
      End: playableMs,
    }
    const place = places[event.key]
    if (place === undefined || playableMs === 0) return
    event.preventDefault()
    to(place)
  }
  const at = clock(playback.positionMs)
  return (
    <div
      className="seek"
      role="slider"
      tabIndex={0}
      aria-label={t('player.seek')}
      aria-valuemin={0}
      aria-valuemax={Math.round(playableMs / 1000)}
      aria-valuenow={Math.round(playback.positionMs / 1000)}
      aria-valuetext={current ? t('player.at', { time: at, name: current.line.speaker }) : at}
      aria-disabled={playableMs === 0}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => dragging.current && toPointer(event)}
      onPointerUp={() => (dragging.current = false)}
      onPointerCancel={() => (dragging.current = false)}
      onKeyDown={onKeyDown}
    >
      <Tape
        bars={bars}
        height={height}
        bar={bar}
        solo={speakers.length < 2}
        heard={totalMs > 0 ? playback.positionMs / totalMs : 0}
      />
    </div>
  )
}
