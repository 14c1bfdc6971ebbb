import { useIsWide, useMedia } from '../../lib/use-media.ts'

/** What a line offers beside its words: to a finger the words are the button, at a desk small buttons come up, in a narrow window both. */
export type Hand = 'desk' | 'window' | 'finger'

/** As script.css shows it. A thousand lines are told it from above: what none of them shows is not made a thousand times. */
export function useHand(): Hand {
  const isWide = useIsWide()
  const isFinger = useMedia('(max-width: 719px) and (hover: none)')
  return isFinger ? 'finger' : isWide ? 'desk' : 'window'
}
