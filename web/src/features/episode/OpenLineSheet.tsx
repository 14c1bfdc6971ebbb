import { useEffect } from 'react'
import type { ComponentProps } from 'react'
import { onDemand, soon } from '../../lib/on-demand.ts'
import { useHand } from './hand.ts'
import { useOpenLine } from './open-line.ts'

const LineSheet = onDemand(() => import('./LineSheet.tsx').then((file) => file.LineSheet))

/** The panel of a line, while one is open. */
export function OpenLineSheet(props: ComponentProps<typeof LineSheet>) {
  const open = useOpenLine()
  const hand = useHand()
  useEffect(() => {
    if (hand === 'desk') return undefined
    // A finger that scrolls comes before one that taps a line.
    const readAhead = soon(LineSheet)
    addEventListener('pointerdown', readAhead, { once: true })
    return () => removeEventListener('pointerdown', readAhead)
  }, [hand])
  return open?.part === 'sheet' ? <LineSheet {...props} /> : null
}
