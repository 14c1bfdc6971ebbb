import './tape-slider.css'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Bar } from '../lib/tape.ts'
import { Tape } from './Tape.tsx'

interface TapeSliderProps {
  label: string
  /** The place, as one would say it. */
  words: string
  bars: (count: number) => Bar[]
  height: number
  bar?: number
  solo: boolean
  positionMs: number
  totalMs: number
  disabled?: boolean
  onSeek: (ms: number) => void
}

const steps: Record<string, number> = { ArrowLeft: -5_000, ArrowDown: -5_000, ArrowRight: 5_000, ArrowUp: 5_000 }

/** The bars as a slider of the browser's own, which lies over them unseen: a press goes to the second, an arrow key five further. */
export function TapeSlider({ label, words, positionMs, totalMs, disabled = false, onSeek, ...tape }: TapeSliderProps) {
  // Some browsers let a finger move a slider by its knob only, which is not seen here.
  const onTouch = (event: PointerEvent<HTMLInputElement>) => {
    if (event.pointerType !== 'touch' || event.buttons === 0 || disabled) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    onSeek(Math.min(Math.max(0, (event.clientX - left) / width), 1) * totalMs)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    onSeek(Math.max(0, positionMs + step))
  }
  return (
    <div className="tapeslider">
      <Tape {...tape} heard={totalMs > 0 ? positionMs / totalMs : 0} />
      <input
        type="range"
        min={0}
        max={Math.max(1, Math.round(totalMs))}
        step={1}
        value={Math.round(positionMs)}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={words}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
        onPointerDown={onTouch}
        onPointerMove={onTouch}
      />
    </div>
  )
}
