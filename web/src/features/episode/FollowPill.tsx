import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'

interface FollowPillProps {
  currentId: string | undefined
  playing: boolean
}

const hands = ['wheel', 'touchmove'] as const
const scrollKeys = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'])

/** Keeps the line being read at 40 % of the height, until the person scrolls; then offers the way back. */
export function FollowPill({ currentId, playing }: FollowPillProps) {
  const { t } = useTranslation()
  const [following, setFollowing] = useState(true)

  useEffect(() => {
    if (!playing) return undefined
    const letGo = () => setFollowing(false)
    const onKey = ({ key }: KeyboardEvent) => scrollKeys.has(key) && letGo()
    for (const hand of hands) addEventListener(hand, letGo, { passive: true })
    addEventListener('keydown', onKey)
    return () => {
      for (const hand of hands) removeEventListener(hand, letGo)
      removeEventListener('keydown', onKey)
    }
  }, [playing])

  useEffect(() => {
    if (playing && following && currentId !== undefined) scrollToLine(currentId)
  }, [currentId, following, playing])

  if (!playing || following || currentId === undefined) return null
  return (
    <button type="button" className="btn pill" onClick={() => setFollowing(true)}>
      {t('episode.backToReading')}
    </button>
  )
}

function scrollToLine(id: string) {
  const line = document.getElementById(`line-${id}`)
  if (!line) return
  const top = line.getBoundingClientRect().top + scrollY - innerHeight * 0.4
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  scrollTo({ top: Math.max(0, top), behavior: calm ? 'auto' : 'smooth' })
  // Lines on the way are measured only when they come into sight: a long way ends beside its goal, and the rest is done at once.
  const settle = () => {
    const now = line.getBoundingClientRect().top
    if (now < 0 || now > innerHeight * 0.75) scrollTo({ top: Math.max(0, now + scrollY - innerHeight * 0.4) })
  }
  addEventListener('scrollend', settle, { once: true })
}
