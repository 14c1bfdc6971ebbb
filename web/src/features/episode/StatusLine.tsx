import { useEffect, useState } from 'react'
import { PlayIcon, VoicingBars } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { canStop, isWorking, waitsForPerson } from '../../lib/episode-life.ts'
import { loadEpisode, pause, play, usePlayback } from '../../lib/playback.ts'
import type { Episode } from '../../lib/types.ts'
import { StopButton } from './StopButton.tsx'
import { useProgressNumbers } from './progress-numbers.ts'

const speakEveryMs = 10_000

/** How far it is, in words and counts. */
export function StatusLine({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const playback = usePlayback()
  const numbers = useProgressNumbers(episode)
  const status = t(`episode.status.${episode.status}`)
  const hearable = episode.progress.playableMs > 0 && isWorking(episode.status) && episode.status !== 'cancelling'
  const says = hearable ? t('episode.canListen', { status }) : status
  const spoken = useSeldom([says, ...numbers].join(t('shell.comma')))
  // What waits or is over says so in its panel.
  const panelled = waitsForPerson(episode.status) || episode.status === 'cancelled' || episode.status === 'failed'
  const listen = () => {
    pause()
    loadEpisode(episode.id, episode.playlistUrl)
    play(0)
  }
  return (
    <>
      <span className="vh" role="status">
        {spoken}
      </span>
      {!panelled && (
        <section className="status">
          <span className="say">
            {isWorking(episode.status) && <VoicingBars />}
            {says}
          </span>
          <span className="acts">
            {playback.episodeId !== episode.id && episode.progress.playableMs > 0 && (
              <button type="button" className="btn bare" onClick={listen}>
                <PlayIcon />
                {t('episode.listen')}
              </button>
            )}
            {canStop(episode.status) && <StopButton episode={episode} />}
          </span>
          <span className="nums">
            {numbers.map((words) => (
              <span key={words}>{words}</span>
            ))}
          </span>
        </section>
      )}
    </>
  )
}

/** For screen readers: the newest words, at most every ten seconds. */
function useSeldom(words: string) {
  const [spoken, setSpoken] = useState(words)
  const [last, setLast] = useState(() => Date.now())
  useEffect(() => {
    if (words === spoken) return undefined
    const timer = setTimeout(
      () => {
        setSpoken(words)
        setLast(Date.now())
      },
      Math.max(0, last + speakEveryMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [words, spoken, last])
  return spoken
}
