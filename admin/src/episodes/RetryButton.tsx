import { useQuery } from '@tanstack/react-query'
import { useDataProvider, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { useFormats } from '../fields/formats.ts'
import { AskButton } from '../layout/AskButton.tsx'
import { useErrorWords } from '../layout/use-error-words.ts'
import type { AdminEpisodeDetail, Retry } from '../records.ts'
import { request } from '../request.ts'

/** Makes again what was stopped or failed; says before what that costs whom. */
export function RetryButton({ episode, onChanged }: { episode: AdminEpisodeDetail; onChanged: () => void }) {
  const t = useTranslate()
  const { money } = useFormats()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const { id, title, userEmail, version } = episode
  const { data, error } = useQuery({
    queryKey: ['retry', id, version],
    queryFn: async () => (await request(`/admin/episodes/${id}/retry`)) as Retry,
    retry: false,
  })
  if (error) return <span className="meta">{words(error)}</span>
  if (!data) return null
  const cost = money(data.maxMicroUsd)
  return (
    <AskButton
      label={t(data.exact ? 'console.episode.retry_for' : 'console.episode.retry_up_to', { cost })}
      title={t('console.episode.retry_title', { title })}
      body={t('console.episode.retry_body', { cost, kept: data.linesKept, email: userEmail })}
      confirm={t('console.episode.retry')}
      act={() => provider.retryEpisode(id)}
      done="console.episode.retried"
      after={onChanged}
    />
  )
}
