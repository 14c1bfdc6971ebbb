import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { CastList } from './CastList.tsx'
import { ChapterList } from './ChapterList.tsx'

/** The left column: sections with their state, and who speaks. */
export function Contents({ live, timed }: { live: LiveEpisode; timed: TimedScript }) {
  const { t } = useTranslation()
  return (
    <>
      <ChapterList live={live} timed={timed} />
      <h2 className="h3">{t('episode.cast')}</h2>
      <CastList speakers={live.episode.speakers} />
    </>
  )
}
