import { Switch as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { useOwnId } from '../lib/use-own-id.ts'

interface SwitchProps {
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
  /** Why it is there. */
  note?: string
}

/** On or off, with its words beside it. */
export function Switch({ on, onChange, children, note }: SwitchProps) {
  const id = useOwnId()
  return (
    <div className="switchrow">
      <label>
        <Primitive.Root
          className="switch"
          checked={on}
          onCheckedChange={onChange}
          {...(note === undefined ? {} : { 'aria-describedby': id })}
        >
          <Primitive.Thumb />
        </Primitive.Root>
        <span>{children}</span>
      </label>
      {note !== undefined && (
        <p className="meta" id={id}>
          {note}
        </p>
      )}
    </div>
  )
}
