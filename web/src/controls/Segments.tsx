import { RadioGroup } from 'radix-ui'

interface SegmentsProps<T extends string> {
  label: string
  options: readonly { value: T; words: string }[]
  chosen: T
  onChoose: (value: T) => void
}

/** One of a few, all of them seen; arrow keys go round. */
export const Segments = <T extends string>({ label, options, chosen, onChoose }: SegmentsProps<T>) => (
  <RadioGroup.Root className="seg" aria-label={label} value={chosen} onValueChange={(value) => onChoose(value as T)}>
    {options.map(({ value, words }) => (
      <RadioGroup.Item key={value} value={value}>
        {words}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
)
