import { useTranslation } from '../i18n/translation.ts'
import { ask } from './api.ts'
import { liveKey } from './episode-events.ts'
import { currentPlayback, unloadPlayback } from './playback.ts'
import { queries } from './queries.ts'
import { useRefusalWords } from './refusal-words.ts'
import { hideToastOf, showToast } from './toast.ts'

/** Deletes at once, and offers the way back. */
export function useDeleteEpisode() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const listAgain = async () => {
    await Promise.all([['episodes'], ['listening']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }

  const restore = async (id: string, title: string) => {
    await ask(`/api/episodes/${id}/undelete`, { method: 'POST' })
    await listAgain()
    showToast(t('episode.restored', { title }))
  }
  const remove = async (id: string, title: string) => {
    hideToastOf(id)
    await ask(`/api/episodes/${id}`, { method: 'DELETE' })
    // One may have come while it was asked.
    hideToastOf(id)
    if (currentPlayback().episodeId === id) unloadPlayback()
    queries.removeQueries({ queryKey: liveKey(id) })
    await listAgain()
    const undo = () => void restore(id, title).catch((error: unknown) => showToast(say(error)))
    showToast(t('episode.deleted', { title }), { words: t('shell.undo'), run: undo })
  }
  return ({ id, title }: { id: string; title: string }) => void remove(id, title).catch((error: unknown) => showToast(say(error)))
}
