import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { FeedCheck } from '../../lib/types.ts'

/** What directories would refuse, before anybody sends them the address. */
export function FeedCheckList({ showId }: { showId: string }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['feed-check', showId],
    queryFn: ({ signal }) => ask<FeedCheck>(`/api/shows/${showId}/check`, { signal }),
    refetchOnMount: 'always',
  })
  if (!query.data) return null
  const { ready, findings } = query.data
  return (
    <section className="part">
      <h2 className="h3">{t('sharing.check')}</h2>
      {ready && <p className="two">{t('sharing.checkReady')}</p>}
      <ul className="rows">
        {findings.map(({ code, severity, episodeId }) => (
          <li key={`${code} ${episodeId ?? ''}`}>
            <p className="n">{t(`sharing.${severity}`)}</p>
            <p className="meta">
              {t(`sharing.finding.${code}`)}{' '}
              {episodeId !== null && (
                <Link className="way" href={`/episodes/${episodeId}`}>
                  {t('sharing.findingEpisode')}
                </Link>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
