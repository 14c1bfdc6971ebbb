import { Link } from 'wouter'
import { PlayIcon } from '../../components/Icons.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { togglePlay } from '../../lib/playback.ts'
import { clock } from '../../lib/time.ts'
import type { PlayerView } from './view.ts'

/** Above the tabs of a phone. */
export function MiniPlayer({ episode, playback, playableMs, totalMs, current }: PlayerView) {
  const { t } = useTranslation()
  const share = totalMs > 0 ? Math.min(1, playback.positionMs / totalMs) : 0
  return (
    <section className="mini narrow" aria-label={t('player.label')}>
      <div className="bar">
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <Link className="t" lang={langTag(episode.language)} href={`/episodes/${episode.id}`}>
        <span className="h3">{episode.title}</span>{' '}
        <span className="meta">
          <Parts>
            {current?.line.speaker}
            {clock(playback.positionMs)}
          </Parts>
        </span>
      </Link>
      <button
        type="button"
        className="ib"
        disabled={playableMs === 0}
        aria-label={playback.playing ? t('player.pause') : t('player.play')}
        onClick={togglePlay}
      >
        <PlayIcon playing={playback.playing} />
      </button>
    </section>
  )
}
