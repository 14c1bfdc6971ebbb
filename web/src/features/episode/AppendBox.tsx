import { useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { Price } from '../../components/Price.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode, Estimate } from '../../lib/types.ts'
import { readAgain } from './read-again.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

/** A further text for a finished episode: only what is new is written, voiced and paid. */
export function AppendBox({ episode: { id, language, sources } }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const field = useOwnId()
  const [text, setText] = useState('')
  const settled = useDeferredValue(text)
  const source = (words: string) => ({ source: { type: sources[0]?.type === 'script' ? 'script' : 'text', text: words } })
  const hasWords = /[\p{L}\p{N}]/u.test(settled)
  const estimate = useQuery({
    queryKey: ['append', id, settled],
    queryFn: ({ signal }) =>
      ask<Estimate>(`/api/episodes/${id}/append/estimate`, { method: 'POST', body: source(settled), signal }),
    enabled: hasWords,
    gcTime: 0,
    retry: false,
  })
  const append = useMutation({
    mutationFn: () => ask<{ version: number }>(`/api/episodes/${id}/append`, { method: 'POST', body: source(text) }),
    onSuccess: ({ version }) => {
      setText('')
      showToast(t('edit.began', { version }))
    },
    onSettled: () => readAgain(id),
  })
  const error = append.error ?? estimate.error
  return (
    <section className="box">
      <h2 className="h3">
        <label htmlFor={field}>{t('edit.append')}</label>
      </h2>
      <p className="meta">{t('edit.appendHelp')}</p>
      <div className="field area append">
        <textarea
          id={field}
          rows={3}
          lang={langTag(language)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {hasWords && (
        <button
          type="button"
          className="btn"
          disabled={append.isPending || !estimate.data || settled !== text}
          onClick={() => append.mutate()}
        >
          {t('edit.appendAct')}
          {estimate.data && <Price cost={estimate.data.cost} />}
        </button>
      )}
      {hasWords && error && <Notice>{say(error)}</Notice>}
    </section>
  )
}
