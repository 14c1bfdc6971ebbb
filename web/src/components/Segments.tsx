import type { KeyboardEvent } from 'react'

interface SegmentsProps<T extends string> {
  label: string
  options: readonly { value: T; words: string }[]
  chosen: T
  onChoose: (value: T) => void
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** One of a few, all of them seen; arrow keys go round. */
export function Segments<T extends string>({ label, options, chosen, onChoose }: SegmentsProps<T>) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = options.findIndex(({ value }) => value === chosen)
    const next = options[(at + step + options.length) % options.length]
    if (!next) return
    onChoose(next.value)
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus()
  }
  return (
    <span className="seg" role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {options.map(({ value, words }) => (
        <button
          key={value}
          type="button"
          role="radio"
          data-value={value}
          aria-checked={value === chosen}
          tabIndex={value === chosen ? 0 : -1}
          onClick={() => onChoose(value)}
        >
          {words}
        </button>
      ))}
    </span>
  )
}
