import type { ReactNode } from 'react'
import { HoldIcon } from './Icons.tsx'

/** What is in the way, in words, with what to do. Nothing is on fire. */
export const Notice = ({ children }: { children: ReactNode }) => (
  <div className="notice" role="alert">
    <HoldIcon />
    <p>{children}</p>
  </div>
)
