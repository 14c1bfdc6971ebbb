import { useLayoutEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { hindranceOf, mostEntries, mostSayLetters, mostWordLetters } from './entries.ts'
import type { Entry, Hindrance } from './entries.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

interface EntryFormProps {
  entries: readonly Entry[]
  /** The entry that is changed; null: a new one. */
  at: number | null
  onDone: (entry: Entry) => void
  onClose?: () => void
}

/** A word and how it is said: added, or changed. */
export function EntryForm({ entries, at, onDone, onClose }: EntryFormProps) {
  const { t } = useTranslation()
  const id = useOwnId()
  const start = (at === null ? undefined : entries[at]) ?? { word: '', say: '' }
  const [entry, setEntry] = useState<Entry>(start)
  const [hindrance, setHindrance] = useState<Hindrance | null>(null)
  const first = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (at !== null) first.current?.focus()
  }, [at])
  const change = (part: Partial<Entry>) => (setHindrance(null), setEntry({ ...entry, ...part }))
  const send = (event: FormEvent) => {
    event.preventDefault()
    const done = { ...entry, word: entry.word.trim(), say: entry.say.trim() }
    const why = hindranceOf(entries, done, at)
    setHindrance(why)
    if (why) return
    onDone(done)
    if (at === null) setEntry({ word: '', say: '' })
    first.current?.focus()
  }
  return (
    <form className="sayform" onSubmit={send} noValidate onKeyDown={(event) => event.key === 'Escape' && onClose?.()}>
      <p>
        <label className="meta" htmlFor={`${id}w`}>
          {t('pronunciation.word')}
        </label>
        <span className="field">
          <input
            id={`${id}w`}
            ref={first}
            value={entry.word}
            maxLength={mostWordLetters}
            placeholder={t('pronunciation.wordExample')}
            autoComplete="off"
            onChange={(event) => change({ word: event.target.value })}
          />
        </span>
      </p>
      <p>
        <label className="meta" htmlFor={`${id}s`}>
          {t('pronunciation.say')}
        </label>
        <span className="field">
          <input
            id={`${id}s`}
            value={entry.say}
            maxLength={mostSayLetters}
            placeholder={t('pronunciation.sayExample')}
            autoComplete="off"
            onChange={(event) => change({ say: event.target.value })}
          />
        </span>
      </p>
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
      {hindrance && <Notice>{t(`pronunciation.${hindrance}`, { word: entry.word.trim(), count: mostEntries })}</Notice>}
    </form>
  )
}
