import { Pencil, X } from 'lucide-react'
import { Suspense, lazy, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { Entry } from './entries.ts'

// On an episode's page it stands beside the script, which does not wait for it.
const EntryForm = lazy(() => import('./EntryForm.tsx'))

interface EntryListProps {
  entries: readonly Entry[]
  /** The new list, and what happened to which word. */
  onChange: (entries: Entry[], what: 'added' | 'changed' | 'removed', word: string) => void
}

/** The words and how they are said; each can be changed where it stands. */
export function EntryList({ entries, onChange }: EntryListProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<number | null>(null)
  const put = (at: number, entry: Entry) => {
    setOpen(null)
    onChange(entries.with(at, entry), 'changed', entry.word)
  }
  return (
    <Suspense>
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
      <EntryForm entries={entries} at={null} onDone={(entry) => onChange([...entries, entry], 'added', entry.word)} />
    </Suspense>
  )
}
