import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Episode } from '../../lib/types.ts'
import { CastList } from './CastList.tsx'
import { langTag } from '../../lib/lang-tag.ts'

/** What it was made from; on narrow screens also who speaks. */
export function SideBoxes({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  return (
    <>
      <section className="box">
        <h2 className="h3">{t('episode.source')}</h2>
        {episode.sources.map((source, index) => (
          <div key={index}>
            <p className="meta">
              <Parts>
                {source.title}
                {source.type === 'script' ? t('episode.sourceScript') : t('episode.sourceText')}
                {source.characters !== null && t('episode.characters', { count: source.characters })}
              </Parts>
            </p>
            {source.firstWords !== '' && (
              <blockquote className="quote" lang={langTag(episode.language)}>
                {source.firstWords}
              </blockquote>
            )}
          </div>
        ))}
      </section>
      <section className="box cast-box">
        <h2 className="h3">{t('episode.cast')}</h2>
        <CastList speakers={episode.speakers} />
      </section>
    </>
  )
}
