import './player.css'
import { useMemo, useState } from 'react'
import { Back15Icon, Forward30Icon } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useLiveEpisode } from '../../lib/live-episode.ts'
import { skip, usePlayback } from '../../lib/playback.ts'
import { lineAt, timeScript } from '../../lib/script-times.ts'
import { MiniPlayer } from './MiniPlayer.tsx'
import { NowPlaying } from './NowPlaying.tsx'
import { PlayButton } from './PlayButton.tsx'
import { SeekTape } from './SeekTape.tsx'
import { ChapterMenu } from './ChapterMenu.tsx'
import { SleepMenu } from './SleepMenu.tsx'
import { SpeedMenu } from './SpeedMenu.tsx'
import { Volume } from './Volume.tsx'
import { chapterKeeper } from './chapters.ts'
import { Clocks } from './Clocks.tsx'
import { useMediaKeys } from './media-keys.ts'
import { useIsWide } from '../../lib/use-media.ts'

interface PlayerBarProps {
  episodeId: string
  onEpisode: boolean
}

/** The player at the bottom of every page: whole on a desktop and on a phone's episode page, small elsewhere. */
export default function PlayerBar({ episodeId, onEpisode }: PlayerBarProps) {
  const { t } = useTranslation()
  const live = useLiveEpisode(episodeId).data
  const playback = usePlayback()
  const isWide = useIsWide()
  const script = useMemo(() => timeScript(live?.script.lines ?? []), [live?.script.lines])
  const playableMs = live?.episode.audio?.durationMs ?? live?.episode.progress.playableMs ?? 0
  const [steadyChapters] = useState(chapterKeeper)
  const chapters = steadyChapters(live?.script, script, playableMs)
  useMediaKeys(live?.episode, playableMs, chapters)
  if (!live) return null

  const { episode } = live
  const current = playback.olderVersion === null ? lineAt(script, playback.positionMs) : undefined
  const totalMs = episode.audio?.durationMs ?? script.totalMs
  const view = { episode, script, playback, playableMs, totalMs, current, chapters }
  const back = (
    <button
      type="button"
      className="ib"
      title={t('player.back')}
      aria-label={t('player.back')}
      onClick={() => skip(-15_000, playableMs)}
    >
      <Back15Icon />
    </button>
  )
  const forward = (
    <button
      type="button"
      className="ib"
      title={t('player.forward')}
      aria-label={t('player.forward')}
      onClick={() => skip(30_000, playableMs)}
    >
      <Forward30Icon />
    </button>
  )
  return (
    <>
      <section className={onEpisode ? 'player' : 'player wide'} aria-label={t('player.label')}>
        {isWide && (
          <>
            <div className="turnkeys wide">
              {back}
              <PlayButton {...view} />
              {forward}
              <NowPlaying {...view} />
            </div>
            <div className="mid wide">
              <Clocks {...view} middle={<SeekTape {...view} height={44} bar={3} />} />
            </div>
            <div className="more wide">
              <SpeedMenu rate={playback.rate} />
              <SleepMenu {...view} />
              <ChapterMenu {...view} />
              <Volume volume={playback.volume} />
            </div>
          </>
        )}
        {onEpisode && !isWide && (
          <div className="narrow">
            <SeekTape {...view} height={40} bar={2} />
            <div className="times">
              <Clocks {...view} middle={<NowPlaying {...view} wordsOnly />} />
            </div>
            <div className="keys">
              <SpeedMenu rate={playback.rate} />
              {back}
              <PlayButton {...view} large />
              {forward}
              <SleepMenu {...view} />
            </div>
          </div>
        )}
      </section>
      {!onEpisode && !isWide && <MiniPlayer {...view} />}
    </>
  )
}
