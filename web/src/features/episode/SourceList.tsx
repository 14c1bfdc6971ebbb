import { LeftOut } from '../../components/LeftOut.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { readableWords } from '../../lib/first-words.ts'
import { langTag } from '../../lib/lang-tag.ts'
import type { Episode } from '../../lib/types.ts'

/** Everything an episode was made from, each by its beginning. */
export function SourceList({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  return episode.sources.map((source) => (
    <div key={source.id}>
      <p className="meta">
        <Parts>
          {source.title}
          {source.type === 'script' ? t('episode.sourceScript') : t(`source.types.${source.type}`)}
          {source.characters !== null && t('episode.characters', { count: source.characters })}
        </Parts>
      </p>
      {source.firstWords !== '' && (
        <blockquote className="quote lines" lang={langTag(episode.language)}>
          {readableWords(source.firstWords)}
        </blockquote>
      )}
      <LeftOut source={source} />
    </div>
  ))
}
