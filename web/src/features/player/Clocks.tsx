import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { clock } from '../../lib/time.ts'
import type { PlayerView } from './view.ts'

/** Where one is, and how long it is: "about" while it is being made. */
export function Clocks({ playback, episode, script, totalMs, middle }: PlayerView & { middle: ReactNode }) {
  const { t } = useTranslation()
  const exact = episode.audio !== null || script.exact
  const total = totalMs === 0 ? '–' : exact ? clock(totalMs) : t('player.about', { time: clock(totalMs) })
  return (
    <>
      <span>{clock(playback.positionMs)}</span>
      {middle}
      <span>{total}</span>
    </>
  )
}
