import check, { most } from 'api-check:patch/api/shows/{id}'
import { Picture } from '../../components/Picture.tsx'
import { Field } from '../../forms/Field.tsx'
import { WrongLine } from '../../forms/WrongLine.tsx'
import { trimmed, useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { address, ask } from '../../lib/api.ts'
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
  const wrongs = useOwnId()
  const { title, description, author, category, subcategory } = show
  const form = useApiForm({
    check,
    start: { title, description, author, category },
    // Which part of a category is no part of another.
    bodyOf: (typed) => ({ ...trimmed(typed), subcategory: typed.category === category ? subcategory : null }),
    keptAs: `show.${show.id}`,
  })
  const keep = (now: Show) => {
    queries.setQueryData(['show', show.id], now)
    void queries.invalidateQueries({ queryKey: ['feed-check', show.id] })
    form.forget()
    showToast(t('sharing.saved'))
  }
  const send = (body: object) =>
    ask<Show>(`/api/shows/${show.id}`, { method: 'PATCH', body })
      .then(keep)
      .catch((error: unknown) => showToast(say(error)))
  return (
    <>
      {show.coverUrl && (
        <p className="showcover">
          <Picture src={address(show.coverUrl)} size={144} alt={t('sharing.cover')} title={show.title} />
        </p>
      )}
      <CoverField showId={show.id} onKept={keep} />
      <form noValidate onSubmit={form.sends(send)}>
        {(['title', 'author'] as const).map((name) => (
          <Field
            key={name}
            form={form}
            name={name}
            label={t(name === 'title' ? 'sharing.showName' : 'sharing.author')}
            autoComplete="off"
            most={most[name]}
          />
        ))}
        <p>
          <label className="meta" htmlFor={`${id}d`}>
            {t('sharing.description')}
          </label>
          <span className="field">
            <textarea
              id={`${id}d`}
              rows={3}
              maxLength={most['description']}
              aria-describedby={wrongs}
              {...form.register('description')}
            />
          </span>
        </p>
        <p>
          <label className="meta" htmlFor={`${id}c`}>
            {t('sharing.category')}
          </label>
          <span className="field">
            <select id={`${id}c`} {...form.register('category')}>
              <option value="">{t('sharing.chooseCategory')}</option>
              {categories.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </span>
        </p>
        <WrongLine id={wrongs} wrong={form.formState.errors.description} />
        <div className="acts">
          <button type="submit" className="btn" disabled={form.formState.isSubmitting}>
            {t('sharing.save')}
          </button>
        </div>
      </form>
    </>
  )
}
