import { useCallback } from 'react'
import { Link } from 'wouter'
import { Cover } from '../../components/Cover.tsx'
import { Parts } from '../../components/Parts.tsx'
import { Tape } from '../../components/Tape.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { castKey } from '../../lib/cast-key.ts'
import { usePlayback } from '../../lib/playback.ts'
import { barsOfLevels } from '../../lib/tape.ts'
import { shortDate } from '../../lib/time.ts'
import type { EpisodeSummary } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { RowMenu } from './RowMenu.tsx'
import { RowState } from './RowState.tsx'
import { langTag } from '../../lib/lang-tag.ts'

export function EpisodeRow({ item }: { item: EpisodeSummary }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const playback = usePlayback()
  const { levels, speakers } = item
  const bars = useCallback((count: number) => barsOfLevels(levels, count), [levels])
  const heardMs = playback.episodeId === item.id && playback.positionMs > 0 ? playback.positionMs : item.listening?.positionMs
  const heard = heardMs !== undefined && item.durationMs ? Math.min(1, heardMs / item.durationMs) : undefined
  const solo = speakers.length < 2
  return (
    <li className="work">
      <Cover levels={levels} solo={solo} />
      <div>
        <Link className="n" href={`/episodes/${item.id}`} lang={langTag(item.language)}>
          {item.title}
        </Link>
        <p className="meta">
          <Parts>
            {item.kind === 'narration' ? t('episode.narration') : t(`episode.podcast.${castKey(speakers.length)}`)}
            {shortDate(item.createdAt, language)}
          </Parts>
        </p>
        <p className="state narrow">
          <RowState item={item} />
        </p>
      </div>
      <div className="wide">
        <Tape bars={bars} height={28} solo={solo} heard={heard} />
      </div>
      <div className="state wide">
        <RowState item={item} />
      </div>
      <RowMenu item={item} />
    </li>
  )
}
