import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode, Show } from '../../lib/types.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

/** Which show an episode belongs to; put into one it is in its feed at once. */
export function ShowChoice({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const id = useOwnId()
  const [chosen, setChosen] = useState(episode.show?.id ?? '')
  const query = useQuery({
    queryKey: ['shows', 'choice'],
    queryFn: ({ signal }) => ask<{ items: Show[] }>('/api/shows?limit=100', { signal }),
  })
  const shows = query.data?.items ?? []
  if (shows.length === 0) {
    return (
      <p className="choice meta">
        <Link className="way" href="/shows">
          {t('sharing.newShow')}
        </Link>
      </p>
    )
  }
  const choose = async (next: string) => {
    const before = chosen
    setChosen(next)
    const at = (show: string) => `/api/shows/${show}/episodes/${episode.id}`
    try {
      if (before !== '') await ask(at(before), { method: 'DELETE' })
      if (next !== '') await ask(at(next), { method: 'PUT', body: { published: true } })
    } catch (error) {
      setChosen(before)
      showToast(say(error))
    }
  }
  return (
    <p className="choice">
      <label className="meta" htmlFor={id}>
        {t('sharing.inShow')}
      </label>
      <span className="field">
        <select id={id} value={chosen} onChange={(event) => void choose(event.currentTarget.value)}>
          <option value="">{t('sharing.noShow')}</option>
          {shows.map((show) => (
            <option key={show.id} value={show.id}>
              {show.title}
            </option>
          ))}
        </select>
      </span>
    </p>
  )
}
