import type { ReactNode } from 'react'
import { useMayChange } from './use-may-change.ts'

/** What support cannot do is not shown to them; `ReadOnlyLine` says why. */
export function AdminOnly({ children }: { children: ReactNode }) {
  return useMayChange() ? <>{children}</> : null
}
