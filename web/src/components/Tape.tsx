import { useEffect, useRef } from 'react'
import { drawTape } from '../lib/draw-tape.ts'
import type { Bar } from '../lib/tape.ts'

interface TapeProps {
  /** The bars, once it is known how many there is room for. */
  bars: (count: number) => Bar[]
  height: number
  /** One speaker only: mirrored about the middle. */
  solo: boolean
  /** Bar and gap in pixels. */
  bar?: number
  /** 0-1; undefined when nothing of it is being heard. */
  heard?: number | undefined
}

const gap = 2
const breathMs = 70

/** The strip of an episode: one run of bars a line, dots where nothing is made yet. */
export function Tape({ bars, height, solo, bar = 2, heard }: TapeProps) {
  const ref = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    const canvas = ref.current
    if (!canvas) return undefined
    let list: Bar[] = []
    let breathing = false
    const draw = () => drawTape(canvas, list, { bar, gap, solo, heard })
    const measure = () => {
      list = bars(Math.max(1, Math.floor((canvas.clientWidth + gap) / (bar + gap))))
      breathing = list.some(({ state }) => state === 'voicing') && !matchMedia('(prefers-reduced-motion: reduce)').matches
      draw()
    }
    // Told of its size once at the beginning too, when that is known without laying the page out for it.
    const resized = new ResizeObserver(measure)
    resized.observe(canvas)
    // A chosen theme changes the root's attribute, the system's one the media query.
    const themed = new MutationObserver(draw)
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', draw)
    const breath = setInterval(() => breathing && !document.hidden && draw(), breathMs)
    return () => {
      resized.disconnect()
      themed.disconnect()
      system.removeEventListener('change', draw)
      clearInterval(breath)
    }
  }, [bars, bar, solo, heard])

  return <canvas ref={ref} className="tape" style={{ height }} aria-hidden="true" />
}
