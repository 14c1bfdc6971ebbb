import { useEffect, useRef } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode } from '../../lib/types.ts'
import { useRestore } from './edit-requests.ts'

/** Says when a change one ordered here is made, with the way back. */
export function useVersionNews(episode: Episode | undefined) {
  const { t } = useTranslation()
  const restore = useRestore(episode?.id ?? '')
  const heard = useRef<number | null>(null)
  const making = useRef<number | null>(null)
  const { id: episodeId, version, status } = episode ?? { id: '', version: 0, status: 'queued' as const }
  useEffect(() => {
    if (status !== 'ready') {
      making.current = version
      return
    }
    const before = heard.current
    if (before !== null && making.current === version && before < version)
      showToast(t('edit.made', { version }), { words: t('shell.undo'), run: () => restore.mutate(before), episodeId })
    heard.current = version
    making.current = null
  }, [episodeId, version, status, restore, t])
}
