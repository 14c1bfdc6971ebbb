import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { onDemand, useOpening } from '../../lib/on-demand.ts'
import { money } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { clock, shortDate } from '../../lib/time.ts'
import { playOlder } from '../../lib/playback.ts'
import type { Episode, Version } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { Parts } from '../../components/Parts.tsx'
import { useRestore } from './edit-requests.ts'

const VersionChanges = onDemand(() => import('./VersionChanges.tsx').then((file) => file.VersionChanges))

/** What was made of it one after another, and the way back to each. */
export function VersionList({ episode, onGo }: { episode: Episode; onGo?: () => void }) {
  const { id, version, status } = episode
  const { t } = useTranslation()
  const say = useRefusalWords()
  const restore = useRestore(id)
  const openWith = useOpening()
  const [shown, setShown] = useState<number | null>(null)
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
              {...(status === 'ready' &&
                one.isWhole &&
                !one.isCurrent && { onRestore: () => (restore.mutate(one.number), onGo?.()) })}
              {...(one.isWhole && !one.isCurrent && { onHear: () => (playOlder(id, one.playlistUrl, one.number), onGo?.()) })}
              {...(one.number > 1 && { onCompare: () => openWith(VersionChanges, () => setShown(one.number)) })}
              busy={restore.isPending}
            />
          </li>
        ))}
      </ol>
      {shown !== null && <VersionChanges episode={episode} number={shown} before={shown - 1} onClose={() => setShown(null)} />}
    </section>
  )
}

interface VersionRowProps {
  version: Version
  onRestore?: () => void
  onHear?: () => void
  onCompare?: () => void
  busy: boolean
}

function VersionRow({ version, onRestore, onHear, onCompare, busy }: VersionRowProps) {
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
      <span className="meta facts">
        <Parts>
          {isCurrent && t('edit.current')}
          {!isWhole && !isCurrent && t('edit.notWhole')}
          {durationMs !== null && clock(durationMs)}
          {money(costMicroUsd, language)}
        </Parts>
      </span>
      <span className="acts">
        {onHear && (
          <button type="button" className="btn bare" aria-label={t('listen.hearVersion', { number })} onClick={onHear}>
            {t('listen.hear')}
          </button>
        )}
        {onCompare && (
          <button
            type="button"
            className="btn bare"
            aria-haspopup="dialog"
            aria-label={t('listen.changesOf', { number })}
            onClick={onCompare}
          >
            {t('listen.changes')}
          </button>
        )}
        {onRestore && (
          <button type="button" className="btn bare" disabled={busy} onClick={onRestore}>
            {t('edit.restore')}
          </button>
        )}
      </span>
    </>
  )
}
