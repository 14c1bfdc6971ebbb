import { useMutation } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { Confirm, useDataProvider, useNotify, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { FilteredLink } from '../fields/RecordLink.tsx'
import { useErrorWords } from '../layout/use-error-words.ts'
import type { AdminEpisodeDetail } from '../records.ts'
import { isOpen } from './episode-status.ts'

interface EpisodeActionsProps {
  episode: AdminEpisodeDetail
  onChanged: () => void
}

export function EpisodeActions({ episode, onChanged }: EpisodeActionsProps) {
  const t = useTranslate()
  return (
    <>
      {episode.workflowUrl && (
        <a className="button" href={episode.workflowUrl} target="_blank" rel="noreferrer">
          {t('console.episode.temporal')}
          <ExternalLink size={16} aria-hidden />
        </a>
      )}
      <FilteredLink resource="usage-logs" filter={{ episodeId: episode.id }}>
        {t('console.episode.logs')}
      </FilteredLink>
      {episode.status === 'needs_repair' && <Repair episode={episode} onChanged={onChanged} />}
      {isOpen(episode.status) && <Stop episode={episode} onChanged={onChanged} />}
    </>
  )
}

function Repair({ episode, onChanged }: EpisodeActionsProps) {
  const t = useTranslate()
  const notify = useNotify()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const repair = useMutation({
    mutationFn: () => provider.repairEpisode(episode.id),
    onSuccess: () => notify('console.episode.repaired'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: onChanged,
  })
  return (
    <button type="button" className="button" disabled={repair.isPending} onClick={() => repair.mutate()}>
      {t('console.episode.repair')}
    </button>
  )
}

function Stop({ episode, onChanged }: EpisodeActionsProps) {
  const t = useTranslate()
  const notify = useNotify()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const [asking, setAsking] = useState(false)
  const stop = useMutation({
    mutationFn: () => provider.cancelEpisode(episode.id),
    onSuccess: () => notify('console.episode.stopped'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: () => {
      setAsking(false)
      onChanged()
    },
  })
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {t('console.episode.stop')}
      </button>
      <Confirm
        isOpen={asking}
        loading={stop.isPending}
        title={t('console.episode.stop_title', { title: episode.title })}
        content={t('console.episode.stop_body', { done: episode.linesDone })}
        confirm="console.episode.stop_yes"
        cancel="console.episode.stop_no"
        ConfirmIcon={Nothing}
        CancelIcon={Nothing}
        onConfirm={() => stop.mutate()}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

/** The dialog's buttons are words enough. */
const Nothing = () => null
