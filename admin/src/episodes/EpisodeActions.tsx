import { ExternalLink } from 'lucide-react'
import { useDataProvider, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { FilteredLink } from '../fields/RecordLink.tsx'
import { ActButton } from '../layout/ActButton.tsx'
import { AskButton } from '../layout/AskButton.tsx'
import type { AdminEpisodeDetail } from '../records.ts'
import { BudgetButton } from './BudgetButton.tsx'
import { isOpen } from './episode-status.ts'
import { RetryButton } from './RetryButton.tsx'

interface EpisodeActionsProps {
  episode: AdminEpisodeDetail
  onChanged: () => void
}

export function EpisodeActions({ episode, onChanged }: EpisodeActionsProps) {
  const t = useTranslate()
  const provider = useDataProvider<ConsoleProvider>()
  const { id, status, title, linesDone, workflowUrl } = episode
  return (
    <>
      {workflowUrl && (
        <a className="button" href={workflowUrl} target="_blank" rel="noreferrer">
          {t('console.episode.temporal')}
          <ExternalLink size={16} aria-hidden />
        </a>
      )}
      <FilteredLink resource="usage-logs" filter={{ episodeId: id }}>
        {t('console.episode.logs')}
      </FilteredLink>
      <AdminOnly>
        {status === 'needs_repair' && (
          <ActButton
            label={t('console.episode.repair')}
            act={() => provider.repairEpisode(id)}
            done="console.episode.repaired"
            after={onChanged}
          />
        )}
        {isOpen(status) && <BudgetButton episode={episode} onChanged={onChanged} />}
        {(status === 'cancelled' || status === 'failed') && !episode.deletedAt && (
          <RetryButton episode={episode} onChanged={onChanged} />
        )}
        {isOpen(status) && (
          <AskButton
            label={t('console.episode.stop')}
            title={t('console.episode.stop_title', { title })}
            body={t('console.episode.stop_body', { done: linesDone })}
            confirm={t('console.episode.stop_yes')}
            cancel="console.episode.stop_no"
            act={() => provider.cancelEpisode(id)}
            done="console.episode.stopped"
            after={onChanged}
          />
        )}
      </AdminOnly>
    </>
  )
}
