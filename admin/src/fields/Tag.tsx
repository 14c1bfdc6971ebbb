import { Check, CircleDashed, CircleHelp, Clock, Diamond, Ellipsis, Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import './tag.css'

const marks = {
  check: Check,
  clock: Clock,
  dashed: CircleDashed,
  hold: Diamond,
  help: CircleHelp,
  minus: Minus,
  busy: Ellipsis,
  cross: X,
}
export type Mark = keyof typeof marks | 'voicing'

export interface TagLook {
  mark: Mark
  /** `hold` waits for a person; `on` is sound being made. */
  tone?: 'hold' | 'on'
}

/** A state: always a mark and words, never colour alone. */
export function Tag({ look, children }: { look: TagLook; children: ReactNode }) {
  return (
    <span className={`tag ${look.tone ?? ''}`}>
      {look.mark === 'voicing' ? <Voicing /> : <Icon mark={look.mark} />}
      {children}
    </span>
  )
}

function Icon({ mark }: { mark: keyof typeof marks }) {
  const Shape = marks[mark]
  return <Shape size={14} strokeWidth={2} aria-hidden />
}

function Voicing() {
  return (
    <svg className="eq" viewBox="0 0 14 14" aria-hidden="true">
      <rect x="1" y="5" width="3" height="9" rx="1" />
      <rect x="5.500" y="2" width="3" height="12" rx="1" />
      <rect x="10" y="7" width="3" height="7" rx="1" />
    </svg>
  )
}
