import './pronunciations.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { isSettled } from '../../lib/episode-life.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode } from '../../lib/types.ts'
import { EntryList } from './EntryList.tsx'
import { RemakeLine } from './RemakeLine.tsx'
import { sameEntries } from './entries.ts'
import type { Entry, EpisodeDictionary } from './entries.ts'
import { dictionaryKey, dictionaryPath, useDictionary } from './remake.ts'

/** How words are said in one episode. Nothing is spent before its price was seen and pressed. */
export function EpisodeWords({ episode: { id, version, status } }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [draft, setDraft] = useState<Entry[] | null>(null)
  const { data, error } = useDictionary(id, version, isSettled(status))
  const save = useMutation({
    mutationFn: (entries: Entry[]) => ask<EpisodeDictionary>(dictionaryPath(id), { method: 'PUT', body: { entries } }),
    onSuccess: (after) => {
      setDraft(null)
      showToast(after.version === version ? t('pronunciation.saved') : t('pronunciation.began', { version: after.version }))
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: dictionaryKey(id) })
      await queries.invalidateQueries({ queryKey: liveKey(id) })
    },
  })
  if (status === 'cancelled' || status === 'failed') return null
  if (!data) return error && <Notice>{say(error)}</Notice>
  const entries = draft ?? data.entries
  const isChanged = draft !== null && !sameEntries(draft, data.entries)
  return (
    <section className="box saying">
      <h2 className="h3">{t('pronunciation.title')}</h2>
      {status === 'ready' ? (
        <>
          <p className="meta">{t('pronunciation.episodeHelp')}</p>
          <EntryList entries={entries} isAside onChange={setDraft} />
          {(isChanged || data.remake.lines > 0) && (
            <RemakeLine
              id={id}
              entries={entries}
              isOlder={!isChanged}
              busy={save.isPending}
              onSave={() => save.mutate(entries)}
              {...(isChanged && { onDiscard: () => setDraft(null) })}
            />
          )}
          {save.error && <Notice>{say(save.error)}</Notice>}
        </>
      ) : (
        <p className="meta">{t('pronunciation.episodeBusy')}</p>
      )}
      <p className="meta">
        <Link className="way" href="/pronunciations">
          {t('pronunciation.everywhere')}
        </Link>
      </p>
    </section>
  )
}
