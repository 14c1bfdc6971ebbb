import { useMutation } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent, SubmitEvent } from 'react'
import { Title } from '../../components/Title.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { takeFocus } from '../../lib/take-focus.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode } from '../../lib/types.ts'
import { fieldOf } from '../../lib/form-field.ts'
import { langTag } from '../../lib/lang-tag.ts'

/** The title, mended where it stands. */
export function EpisodeTitle({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [editing, setEditing] = useState(false)
  const rename = useMutation({
    mutationFn: (title: string) => ask<unknown>(`/api/episodes/${episode.id}`, { method: 'PATCH', body: { title } }),
    onSuccess: (_answer, title) => {
      queries.setQueryData<LiveEpisode>(liveKey(episode.id), (live) => live && { ...live, episode: { ...live.episode, title } })
      void queries.invalidateQueries({ queryKey: ['episodes'] })
      setEditing(false)
    },
    onError: (error) => showToast(say(error)),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const title = fieldOf(new FormData(event.currentTarget), 'title').trim()
    if (title === '' || title === episode.title) setEditing(false)
    else rename.mutate(title)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) setEditing(false)
  }
  if (editing) {
    return (
      <form className="retitle" onSubmit={submit} onKeyDown={onKeyDown}>
        <label className="field">
          <span className="vh">{t('episode.title')}</span>
          <input name="title" className="song" defaultValue={episode.title} maxLength={200} ref={takeFocus} required />
        </label>
        <button type="submit" className="btn ink" disabled={rename.isPending}>
          {t('episode.save')}
        </button>
        <button type="button" className="btn bare" onClick={() => setEditing(false)}>
          {t('shell.cancel')}
        </button>
      </form>
    )
  }
  return (
    <>
      <h1 className="h1" lang={langTag(episode.language)}>
        <Title language={episode.language}>{episode.title}</Title>
      </h1>
      <button
        type="button"
        className="ib"
        title={t('episode.rename')}
        aria-label={t('episode.rename')}
        onClick={() => setEditing(true)}
      >
        <Pencil className="i" strokeWidth={1.75} aria-hidden="true" />
      </button>
    </>
  )
}
