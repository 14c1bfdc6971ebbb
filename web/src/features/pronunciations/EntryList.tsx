import { Pencil, X } from 'lucide-react'
import { useState } from 'react'
import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { onDemand } from '../../lib/on-demand.ts'
import type { Entry } from './entries.ts'

// On an episode's page the list stands beside the script, which does not wait for what forms stand on.
const EntryForm = onDemand(() => import('./EntryForm.tsx').then((file) => file.default))

interface EntryListProps {
  entries: readonly Entry[]
  /** Most come for something else: the form for a new word opens when it is asked for. */
  isAside?: boolean
  /** The new list, and what happened to which word. */
  onChange: (entries: Entry[], what: 'added' | 'changed' | 'removed', word: string) => void
}

/** The words and how they are said; each can be changed where it stands. */
export function EntryList({ entries, isAside = false, onChange }: EntryListProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<number | null>(null)
  const put = (at: number, entry: Entry) => {
    setOpen(null)
    onChange(entries.with(at, entry), 'changed', entry.word)
  }
  const add = (entry: Entry) => onChange([...entries, entry], 'added', entry.word)
  return (
    <>
      {entries.length > 0 && (
        <ul className="saylist">
          {entries.map((entry, index) => (
            <li key={`${entry.word} ${entry.language ?? ''}`}>
              {open === index ? (
                <EntryForm entries={entries} at={index} onDone={(next) => put(index, next)} onClose={() => setOpen(null)} />
              ) : (
                <>
                  <p>
                    <b>{entry.word}</b> <span className="meta">{t('pronunciation.as')}</span> <span>{entry.say}</span>
                  </p>
                  <button
                    type="button"
                    className="ib"
                    aria-label={t('pronunciation.change', { word: entry.word })}
                    onClick={() => setOpen(index)}
                  >
                    <Pencil className="i s" aria-hidden="true" />
                  </button>
                  <button
                    type="button"
                    className="ib"
                    aria-label={t('pronunciation.remove', { word: entry.word })}
                    onClick={() => (setOpen(null), onChange(entries.toSpliced(index, 1), 'removed', entry.word))}
                  >
                    <X className="i s" aria-hidden="true" />
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {isAside ? (
        <FormButton words={t('pronunciation.addWord')} form={EntryForm}>
          {(close) => <EntryForm entries={entries} at={null} onDone={add} onClose={close} />}
        </FormButton>
      ) : (
        <EntryForm entries={entries} at={null} onDone={add} />
      )}
    </>
  )
}
