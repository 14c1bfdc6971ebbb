import { PlayIcon } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { togglePlay } from '../../lib/playback.ts'
import type { PlayerView } from './view.ts'

export function PlayButton({ playback, playableMs, large = false }: PlayerView & { large?: boolean }) {
  const { t } = useTranslation()
  const silent = playableMs === 0
  const label = silent ? t('player.notYet') : playback.playing ? t('player.pause') : t('player.play')
  return (
    <button
      type="button"
      className={large ? 'playb l' : 'playb'}
      disabled={silent}
      title={label}
      aria-label={label}
      aria-busy={playback.waiting}
      onClick={togglePlay}
    >
      <PlayIcon playing={playback.playing} />
    </button>
  )
}
