import { LeftOut } from '../../components/LeftOut.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { CastList } from './CastList.tsx'
import { ChapterList } from './ChapterList.tsx'
import { TakeAlong } from './TakeAlong.tsx'
import { langTag } from '../../lib/lang-tag.ts'

/** What came of it and what it was made from; on narrow screens also its sections and who speaks. */
export function SideBoxes({ live, timed }: { live: LiveEpisode; timed: TimedScript }) {
  const { t } = useTranslation()
  const { episode } = live
  return (
    <>
      <TakeAlong episode={episode} />
      {live.script.sections.some(({ title }) => title !== '') && (
        <section className="box narrow-box">
          <h2 className="h3">{t('episode.sections')}</h2>
          <ChapterList live={live} timed={timed} />
        </section>
      )}
      <section className="box">
        <h2 className="h3">{t('episode.source')}</h2>
        {episode.sources.map((source, index) => (
          <div key={index}>
            <p className="meta">
              <Parts>
                {source.title}
                {source.type === 'script' ? t('episode.sourceScript') : t(`source.types.${source.type}`)}
                {source.characters !== null && t('episode.characters', { count: source.characters })}
              </Parts>
            </p>
            {source.firstWords !== '' && (
              <blockquote className="quote" lang={langTag(episode.language)}>
                {source.firstWords}
              </blockquote>
            )}
            <LeftOut source={source} />
          </div>
        ))}
      </section>
      <section className="box narrow-box">
        <h2 className="h3">{t('episode.cast')}</h2>
        <CastList speakers={episode.speakers} />
      </section>
    </>
  )
}
