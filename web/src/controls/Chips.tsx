import './chips.css'
import { RadioGroup } from 'radix-ui'

interface ChipsProps<T extends string> {
  label: string
  options: readonly { value: T; words: string; count?: number | undefined }[]
  chosen: T
  onChoose: (value: T) => void
}

/** Filters in a row, each with how much it would show; one holds at a time. */
export const Chips = <T extends string>({ label, options, chosen, onChoose }: ChipsProps<T>) => (
  <RadioGroup.Root className="chips" aria-label={label} value={chosen} onValueChange={(value) => onChoose(value as T)}>
    {options.map(({ value, words, count }) => (
      <RadioGroup.Item key={value} value={value} className="chip">
        {words}
        {count !== undefined && <span className="num">{count}</span>}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
)
