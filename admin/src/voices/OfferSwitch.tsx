import { useNotify, useTranslate, useUpdate } from 'react-admin'
import { useMayChange } from '../access/use-may-change.ts'
import { useErrorWords } from '../layout/use-error-words.ts'
import type { AdminVoice } from '../records.ts'

/** Offers a voice, or no longer. Episodes that have it keep it. */
export function OfferSwitch({ voice }: { voice: AdminVoice }) {
  const t = useTranslate()
  const mayChange = useMayChange()
  const notify = useNotify()
  const words = useErrorWords()
  const [update, { isPending }] = useUpdate<AdminVoice>(
    'voices',
    { id: voice.id, data: { enabled: !voice.enabled }, previousData: voice },
    { onError: (error) => notify(words(error), { type: 'warning' }) },
  )
  return (
    <label className="offer">
      <input
        type="checkbox"
        role="switch"
        aria-label={t('console.voice.offer', { name: voice.name })}
        checked={voice.enabled}
        disabled={isPending || !mayChange}
        onChange={() => void update()}
      />
      {t(voice.enabled ? 'console.voice.offered' : 'console.voice.hidden')}
    </label>
  )
}
