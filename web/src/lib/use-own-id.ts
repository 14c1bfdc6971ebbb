import { useState } from 'react'

let last = 0

/** An id for the page that no other element has. React's own may come twice where a panel hangs elsewhere in the page (docs/decisions/0048). */
export function useOwnId(): string {
  const [id] = useState(() => `own${(last += 1)}`)
  return id
}
