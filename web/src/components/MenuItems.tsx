import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

interface ChoiceProps<T> {
  value: T
  chosen: T
  onChoose: (value: T) => void
  children: ReactNode
  note?: string | undefined
}

/** One of several. */
export function Choice<T>({ value, chosen, onChoose, children, note }: ChoiceProps<T>) {
  const on = value === chosen
  return (
    <button type="button" className="item" role="menuitemradio" aria-checked={on} tabIndex={-1} onClick={() => onChoose(value)}>
      <span className="check">{on && <Check className="i s" aria-hidden="true" />}</span>
      <span>{children}</span>
      {note && <span className="meta">{note}</span>}
    </button>
  )
}

interface DeedProps {
  icon: ReactNode
  children: ReactNode
  onDo: () => void
}

/** Something to do. */
export const Deed = ({ icon, children, onDo }: DeedProps) => (
  <button type="button" className="item" role="menuitem" tabIndex={-1} onClick={onDo}>
    {icon}
    <span>{children}</span>
  </button>
)

interface WayProps {
  icon: ReactNode
  children: ReactNode
  href: string
  download?: boolean
  onGo: () => void
}

/** Somewhere to go, or something to take along. */
export const Way = ({ icon, children, href, download = false, onGo }: WayProps) => (
  <a className="item" role="menuitem" tabIndex={-1} href={href} onClick={onGo} {...(download ? { download: '' } : {})}>
    {icon}
    <span>{children}</span>
  </a>
)
