import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { AskDialog } from '../../components/AskDialog.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode } from '../../lib/types.ts'
import { readAgain } from './read-again.ts'

/** Stops spending at once; asks first, saying what stays. */
export function StopButton({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [asking, setAsking] = useState(false)
  const stop = useMutation({
    mutationFn: () => ask<unknown>(`/api/episodes/${episode.id}/cancel`, { method: 'POST' }),
    onError: (error) => showToast(say(error)),
    onSettled: () => readAgain(episode.id),
  })
  const count = episode.progress.linesDone
  return (
    <>
      <button type="button" className="btn bare" disabled={stop.isPending} onClick={() => setAsking(true)}>
        {t('episode.stop')}
      </button>
      {asking && (
        <AskDialog
          title={t('episode.stopTitle')}
          text={count > 0 ? t('episode.stopText', { count }) : t('episode.stopNone')}
          yes={t('episode.stop')}
          no={t('episode.goOn')}
          onYes={() => (setAsking(false), stop.mutate())}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
