import { useCallback } from 'react'
import { TapeSlider } from '../../components/TapeSlider.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { seek } from '../../lib/playback.ts'
import { barsOfScript } from '../../lib/tape.ts'
import { clock } from '../../lib/time.ts'
import type { PlayerView } from './view.ts'

/** The tape as the seek bar. What is not made yet can't be reached. */
export function SeekTape({
  episode,
  script,
  playback,
  playableMs,
  totalMs,
  current,
  height,
  bar,
}: PlayerView & { height: number; bar: number }) {
  const { t } = useTranslation()
  const { lines } = script
  const speakers = episode.speakers
  const bars = useCallback(
    (count: number) =>
      barsOfScript(
        { lines, totalMs, exact: true },
        speakers.map(({ name }) => name),
        count,
      ),
    [lines, totalMs, speakers],
  )
  const to = (ms: number) => seek(Math.min(Math.max(0, ms), Math.max(0, playableMs - 200)))
  const at = clock(playback.positionMs)
  return (
    <TapeSlider
      label={t('player.seek')}
      words={current ? t('player.at', { time: at, name: current.line.speaker }) : at}
      bars={bars}
      height={height}
      bar={bar}
      solo={speakers.length < 2}
      positionMs={playback.positionMs}
      totalMs={totalMs}
      disabled={playableMs === 0}
      onSeek={to}
    />
  )
}
