import check from 'api-check:#Pronunciation'
import { useLayoutEffect } from 'react'
import { Field } from '../../forms/Field.tsx'
import { trimmed, useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { fieldOfHindrance, hindranceOf, mostEntries, mostSayLetters, mostWordLetters } from './entries.ts'
import type { Entry } from './entries.ts'

interface EntryFormProps {
  entries: readonly Entry[]
  /** The entry that is changed; null: a new one. */
  at: number | null
  onDone: (entry: Entry) => void
  onClose?: () => void
}

/** A word and how it is said: added, or changed. */
export default function EntryForm({ entries, at, onDone, onClose }: EntryFormProps) {
  const { t } = useTranslation()
  const before = at === null ? undefined : entries[at]
  const form = useApiForm({
    check,
    start: { word: before?.word ?? '', say: before?.say ?? '' },
    bodyOf: (typed) => ({ ...before, ...trimmed(typed) }),
    also: (typed) => {
      const entry = { ...before, word: typed.word.trim(), say: typed.say.trim() }
      const why = hindranceOf(entries, entry, at)
      return why ? { [fieldOfHindrance[why]]: t(`pronunciation.${why}`, { word: entry.word, count: mostEntries }) } : {}
    },
  })
  const { setFocus } = form
  useLayoutEffect(() => {
    if (at !== null) setFocus('word')
  }, [at, setFocus])
  const send = (entry: Entry) => {
    onDone(entry)
    if (at === null) form.done()
    setFocus('word')
  }
  return (
    <form className="sayform" noValidate onSubmit={form.sends(send)} onKeyDown={(event) => event.key === 'Escape' && onClose?.()}>
      <Field
        form={form}
        name="word"
        label={t('pronunciation.word')}
        placeholder={t('pronunciation.wordExample')}
        autoComplete="off"
        most={mostWordLetters}
      />
      <Field
        form={form}
        name="say"
        label={t('pronunciation.say')}
        placeholder={t('pronunciation.sayExample')}
        autoComplete="off"
        most={mostSayLetters}
      />
      <div className="acts">
        <button type="submit" className="btn">
          {at === null ? t('pronunciation.add') : t('pronunciation.keep')}
        </button>
        {onClose && (
          <button type="button" className="btn bare" onClick={onClose}>
            {t('shell.cancel')}
          </button>
        )}
      </div>
    </form>
  )
}
