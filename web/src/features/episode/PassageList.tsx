import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../components/Notice.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Passage } from '../../lib/types.ts'

interface PassageListProps {
  episodeId: string
  lineId: string
  /** With what stands around each passage. */
  whole?: boolean
}

/** Where in the sources a line comes from, in their own words. */
export function PassageList({ episodeId, lineId, whole = false }: PassageListProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const { data, error } = useQuery({
    queryKey: ['passages', episodeId, lineId],
    queryFn: ({ signal }) => ask<{ items: Passage[] }>(`/api/episodes/${episodeId}/lines/${lineId}/passages`, { signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  })
  if (error) return <Notice>{say(error)}</Notice>
  if (!data) return <p className="meta">{t('shell.reading')}</p>
  if (data.items.length === 0) return <p className="meta">{t('listen.noPassage')}</p>
  return data.items.map(({ title, type, url, language, before, text, after, isCut }, index) => (
    <figure key={index} className="passage">
      <figcaption className="meta">
        <Parts>
          {url ? (
            <a className="link" href={url} target="_blank" rel="noopener noreferrer">
              {title ?? url}
            </a>
          ) : (
            title
          )}
          {type === 'script' ? t('episode.sourceScript') : t(`source.types.${type}`)}
        </Parts>
      </figcaption>
      <blockquote className={whole ? 'quote whole' : 'quote'} {...(language ? { lang: language } : {})}>
        {whole && before !== '' && `…${before}`}
        <mark>{text}</mark>
        {isCut && '…'}
        {whole && after !== '' && `${after}…`}
      </blockquote>
    </figure>
  ))
}
