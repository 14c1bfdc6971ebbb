import './pronunciations.css'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import { EntryList } from './EntryList.tsx'
import type { Entry } from './entries.ts'

const path = '/api/pronunciations'
const key = ['pronunciations']

/** How words are said in everything a person makes. What is changed is saved at once, with a way back. */
export default function PronunciationsPage() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  usePageTitle(t('pronunciation.title'))
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => ask<{ entries: Entry[] }>(path, { signal }) })

  const save = async (entries: Entry[]) => {
    const before = queries.getQueryData(key)
    queries.setQueryData(key, { entries })
    try {
      await ask(path, { method: 'PUT', body: { entries } })
    } catch (error) {
      queries.setQueryData(key, before)
      throw error
    }
  }
  const tell = (error: unknown) => showToast(say(error))
  const change = (before: Entry[], after: Entry[], words: string) =>
    void save(after)
      .then(() => showToast(words, { words: t('shell.undo'), run: () => void save(before).catch(tell) }))
      .catch(tell)

  const entries = query.data?.entries
  return (
    <main className="page slim saying" id="main" tabIndex={-1}>
      <h1 className="h1">{t('pronunciation.title')}</h1>
      <p className="two">{t('pronunciation.help')}</p>
      <p className="two">{t('pronunciation.ownHelp')}</p>
      {query.isPending && <Skeleton />}
      {query.isError && !entries && (
        <Trouble
          title={t('shell.troubleTitle')}
          text={t('shell.troubleText')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {entries?.length === 0 && <p className="meta">{t('pronunciation.empty')}</p>}
      {entries && (
        <EntryList
          entries={entries}
          onChange={(after, what, word) => change(entries, after, t(`pronunciation.${what}`, { word }))}
        />
      )}
    </main>
  )
}
