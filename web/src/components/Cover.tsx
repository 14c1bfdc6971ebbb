import type { Bar } from '../lib/tape.ts'
import { barsOfLevels } from '../lib/tape.ts'

const columns = 7

/** The tape, coarsened to a small picture: the third bar from the right is the one being heard. */
export function Cover({ levels, solo }: { levels: string; solo: boolean }) {
  const bars = barsOfLevels(levels, columns)
  return (
    <svg className="cover" width="56" height="56" viewBox="0 0 200 200" aria-hidden="true">
      {bars.map((bar, index) => (
        <rect key={index} x={19 + index * 24.5} width="15" {...placeOf(bar, solo)} fill={colourOf(bar, index)} />
      ))}
    </svg>
  )
}

function placeOf(bar: Bar, solo: boolean) {
  const length = bar.state === 'ready' ? 14 + bar.height * 7 : 6
  if (solo || bar.state !== 'ready') return { y: 100 - length / 2, height: length }
  return bar.speaker % 2 === 1 ? { y: 100 - length, height: length } : { y: 100, height: length }
}

const colourOf = (bar: Bar, index: number) => {
  if (bar.state !== 'ready') return 'var(--edge)'
  return index === columns - 3 ? 'var(--accent)' : `var(--s${bar.speaker})`
}
