import type { FormEvent } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { address, ask } from '../../lib/api.ts'
import { useKept } from '../../lib/kept.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Show } from '../../lib/types.ts'
import { CoverField } from './CoverField.tsx'
import { useOwnId } from '../../lib/use-own-id.ts'

/** As directories name them; they are not translated there either. */
const categories = [
  'Arts',
  'Business',
  'Comedy',
  'Education',
  'Fiction',
  'Government',
  'History',
  'Health & Fitness',
  'Kids & Family',
  'Leisure',
  'Music',
  'News',
  'Religion & Spirituality',
  'Science',
  'Society & Culture',
  'Sports',
  'Technology',
  'True Crime',
  'TV & Film',
] as const satisfies readonly Show['category'][]

/** What a show says of itself. */
export function ShowForm({ show }: { show: Show }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const id = useOwnId()
  const [draft, setDraft, forget] = useKept(`show.${show.id}`, {
    title: show.title,
    description: show.description,
    author: show.author,
    category: show.category,
  })
  const keep = (now: Show) => {
    queries.setQueryData(['show', show.id], now)
    void queries.invalidateQueries({ queryKey: ['feed-check', show.id] })
    forget()
    showToast(t('sharing.saved'))
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    const sameCategory = draft.category === show.category
    const body = { ...draft, ...(sameCategory ? { subcategory: show.subcategory } : { subcategory: null }) }
    void ask<Show>(`/api/shows/${show.id}`, { method: 'PATCH', body })
      .then(keep)
      .catch((error: unknown) => showToast(say(error)))
  }
  return (
    <>
      {show.coverUrl && (
        <p className="cover">
          <img src={address(show.coverUrl)} width={144} height={144} alt={t('sharing.cover')} />
        </p>
      )}
      <CoverField showId={show.id} onKept={keep} />
      <form onSubmit={send}>
        {(['title', 'author'] as const).map((name) => (
          <p key={name}>
            <label className="meta" htmlFor={`${id}${name}`}>
              {t(name === 'title' ? 'sharing.showName' : 'sharing.author')}
            </label>
            <span className="field">
              <input
                id={`${id}${name}`}
                value={draft[name]}
                maxLength={200}
                onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
              />
            </span>
          </p>
        ))}
        <p>
          <label className="meta" htmlFor={`${id}d`}>
            {t('sharing.description')}
          </label>
          <span className="field">
            <textarea
              id={`${id}d`}
              rows={3}
              value={draft.description}
              maxLength={4000}
              onChange={(event) => setDraft({ ...draft, description: event.target.value })}
            />
          </span>
        </p>
        <p>
          <label className="meta" htmlFor={`${id}c`}>
            {t('sharing.category')}
          </label>
          <span className="field">
            <select
              id={`${id}c`}
              value={draft.category}
              onChange={(event) => setDraft({ ...draft, category: event.target.value as Show['category'] })}
            >
              <option value="">{t('sharing.chooseCategory')}</option>
              {categories.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </span>
        </p>
        <div className="acts">
          <button type="submit" className="btn">
            {t('sharing.save')}
          </button>
        </div>
      </form>
    </>
  )
}
