import { useId } from 'react'
import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from 'react'
import './field.css'

interface Named {
  name: string
  help?: string
  /** Why what stands there cannot be taken; said in place of the help. */
  fault?: string | undefined
}

/** One thing to fill in, with its name above and what it means below. */
export function Field({ name, help, fault, ...input }: Named & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <Frame id={id} name={name} help={help} fault={fault}>
      <input id={id} autoComplete="off" aria-describedby={`${id}-help`} aria-invalid={Boolean(fault)} {...input} />
    </Frame>
  )
}

export function LongField({ name, help, fault, ...input }: Named & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId()
  return (
    <Frame id={id} name={name} help={help} fault={fault}>
      <textarea id={id} rows={3} aria-describedby={`${id}-help`} aria-invalid={Boolean(fault)} {...input} />
    </Frame>
  )
}

interface ChoiceProps<T extends string> {
  name: string
  help?: string
  value: T
  choices: readonly { value: T; name: string }[]
  onChoose: (value: T) => void
}

/** One of a few. */
export function Choice<T extends string>({ name, help, value, choices, onChoose }: ChoiceProps<T>) {
  const id = useId()
  return (
    <Frame id={id} name={name} help={help}>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          const chosen = choices.find((one) => one.value === event.currentTarget.value)
          if (chosen) onChoose(chosen.value)
        }}
      >
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.name}
          </option>
        ))}
      </select>
    </Frame>
  )
}

function Frame({ id, name, help, fault, children }: Named & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      {children}
      <span className={fault ? 'meta fault' : 'meta'} id={`${id}-help`}>
        {fault ?? help}
      </span>
    </div>
  )
}
