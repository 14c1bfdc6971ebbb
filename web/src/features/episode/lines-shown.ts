import { useEffect, useState } from 'react'

const PIECE = 24
/** About the least height of a line in pixels, so that the first ones fill the screen. */
const linePx = () => (innerWidth < 900 ? 80 : 44)
const whenIdle = (deed: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(deed, { timeout: 200 }) : setTimeout(deed)

/** From the second script on, going back must find the page as long as it was. */
let hasLanded = false

/**
 * How many lines of a script stand on the page. Where one comes in, first those that fill the screen, so that a phone shows words at once; then
 * the others, in pieces that let a press through between them.
 */
export function useLinesShown(total: number): number {
  const [shown, setShown] = useState(() => (hasLanded ? Infinity : Math.ceil(innerHeight / linePx())))
  const isWhole = shown >= total
  useEffect(() => {
    if (total === 0 || shown === Infinity) return
    whenIdle(() => {
      hasLanded ||= isWhole
      setShown(isWhole ? Infinity : shown + PIECE)
    })
  }, [shown, isWhole, total])
  return isWhole ? Infinity : shown
}
