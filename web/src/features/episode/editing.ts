import type { Episode } from '../../lib/types.ts'

/** How lines can be changed now: not at all, where they stand before or in the middle of the making, or as the next version. */
export type Editing = 'none' | 'review' | 'repair' | 'ready'

export function editingOf({ status, failure }: Episode): Editing {
  if (status === 'review' || status === 'ready') return status
  // A script that waits to be written on is mended first.
  return status === 'needs_repair' && failure === null ? 'repair' : 'none'
}
