import type { ReactNode } from 'react'

interface OptionRowProps {
  label: string
  note?: string
  htmlFor?: string
  children: ReactNode
}

export const OptionRow = ({ label, note, htmlFor, children }: OptionRowProps) => (
  <div className="opt">
    <div className="l">
      {htmlFor === undefined ? <span>{label}</span> : <label htmlFor={htmlFor}>{label}</label>}
      {note !== undefined && <span className="meta">{note}</span>}
    </div>
    <div>{children}</div>
  </div>
)
