import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../components/Notice.tsx'
import type { components } from '../../../../api/openapi.d.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { money } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { clock, shortDate } from '../../lib/time.ts'
import type { Episode } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { Parts } from '../../components/Parts.tsx'
import { useRestore } from './edit-requests.ts'

type Version = components['schemas']['Version']

/** What was made of it one after another, and the way back to each. */
export function VersionList({ episode: { id, version, status } }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const restore = useRestore(id)
  const { data, error } = useQuery({
    queryKey: ['versions', id, version, status],
    queryFn: ({ signal }) => ask<{ items: Version[] }>(`/api/episodes/${id}/versions`, { signal }),
    enabled: version > 1 || status === 'ready',
    staleTime: Infinity,
  })
  if (error) return <Notice>{say(error)}</Notice>
  if (!data) return null
  return (
    <section className="box">
      <h2 className="h3">{t('edit.versions')}</h2>
      <ol className="vers">
        {data.items.map((one) => (
          <li key={one.number}>
            <VersionRow
              version={one}
              {...(status === 'ready' && one.isWhole && !one.isCurrent && { onRestore: () => restore.mutate(one.number) })}
              busy={restore.isPending}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}

function VersionRow({ version, onRestore, busy }: { version: Version; onRestore?: () => void; busy: boolean }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { number, reason, changedLines: count, restoredNumber, isCurrent, isWhole, durationMs, costMicroUsd, createdAt } = version
  const words =
    reason === 'edit' || reason === 'words'
      ? t(`edit.reason.${reason}`, { count })
      : t(`edit.reason.${reason}`, { number: restoredNumber ?? 0 })
  return (
    <>
      <span className="n">{number}</span>
      <span>{words}</span>
      <span className="meta">{shortDate(createdAt, language)}</span>
      <span className="meta acts">
        <Parts>
          {isCurrent && t('edit.current')}
          {!isWhole && !isCurrent && t('edit.notWhole')}
          {durationMs !== null && clock(durationMs)}
          {money(costMicroUsd, language)}
        </Parts>
        {onRestore && (
          <button type="button" className="btn bare" disabled={busy} onClick={onRestore}>
            {t('edit.restore')}
          </button>
        )}
      </span>
    </>
  )
}
