import './chips.css'

interface ChipsProps<T extends string> {
  label: string
  options: readonly { value: T; words: string; count?: number | undefined }[]
  chosen: T
  onChoose: (value: T) => void
}

/** Filters in a row, each with how much it would show; one holds at a time. */
export function Chips<T extends string>({ label, options, chosen, onChoose }: ChipsProps<T>) {
  return (
    <div className="chips" role="group" aria-label={label}>
      {options.map(({ value, words, count }) => (
        <button key={value} type="button" className="chip" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {words}
          {count !== undefined && <span className="num">{count}</span>}
        </button>
      ))}
    </div>
  )
}
