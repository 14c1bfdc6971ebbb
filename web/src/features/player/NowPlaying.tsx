import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { tryAgain } from '../../lib/playback.ts'
import type { PlayerView } from './view.ts'
import { firstWords } from './view.ts'

/** Title and line, or what is wrong with the sound. */
export function NowPlaying({ episode, current, playback, wordsOnly = false }: PlayerView & { wordsOnly?: boolean }) {
  const { t } = useTranslation()
  const lang = langTag(episode.language)
  const words = playback.trouble ? (
    <span className="trouble" role="alert">
      {t('player.trouble')}
      <button type="button" className="link" onClick={tryAgain}>
        {t('player.again')}
      </button>
    </span>
  ) : playback.olderVersion !== null ? (
    t('listen.olderVersion', { number: playback.olderVersion })
  ) : (
    current && t('player.says', { name: current.line.speaker, words: firstWords(current.line.text) })
  )
  if (wordsOnly) return <span lang={lang}>{words}</span>
  return (
    <div className="now" lang={lang}>
      <Link className="h3" href={`/episodes/${episode.id}`}>
        {episode.title}
      </Link>
      <span className="meta">{words}</span>
    </div>
  )
}
