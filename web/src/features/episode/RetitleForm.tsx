import check, { most } from 'api-check:patch/api/episodes/{id}'
import { useMutation } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import type { KeyboardEvent } from 'react'
import { WrongLine } from '../../forms/WrongLine.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode } from '../../lib/types.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

interface RetitleFormProps {
  episode: Episode
  onClose: () => void
}

/** Another title for an episode. */
export default function RetitleForm({ episode, onClose }: RetitleFormProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const id = useOwnId()
  const form = useApiForm({ check, start: { title: episode.title } })
  const { setFocus } = form
  useLayoutEffect(() => setFocus('title'), [setFocus])
  const rename = useMutation({
    mutationFn: (title: string) => ask<unknown>(`/api/episodes/${episode.id}`, { method: 'PATCH', body: { title } }),
    onSuccess: (_answer, title) => {
      queries.setQueryData<LiveEpisode>(liveKey(episode.id), (live) => live && { ...live, episode: { ...live.episode, title } })
      void queries.invalidateQueries({ queryKey: ['episodes'] })
      onClose()
    },
    onError: (error) => showToast(say(error)),
  })
  const send = ({ title }: { title: string }) => (title === episode.title ? onClose() : rename.mutate(title))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose()
  }
  return (
    <form className="retitle" noValidate onSubmit={form.sends(send)} onKeyDown={onKeyDown}>
      <label className="field">
        <span className="vh">{t('episode.title')}</span>
        <input
          className="song"
          maxLength={most['title']}
          autoComplete="off"
          aria-invalid={form.formState.errors.title !== undefined}
          aria-describedby={id}
          {...form.register('title')}
        />
      </label>
      <button type="submit" className="btn ink" disabled={rename.isPending}>
        {t('episode.save')}
      </button>
      <button type="button" className="btn bare" onClick={onClose}>
        {t('shell.cancel')}
      </button>
      <WrongLine id={id} wrong={form.formState.errors.title} />
    </form>
  )
}
