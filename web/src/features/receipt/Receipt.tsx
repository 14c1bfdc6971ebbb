import './receipt.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { Parts } from '../../components/Parts.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { isWorking } from '../../lib/episode-life.ts'
import { money } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Episode, Receipt as ReceiptData } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { CallRows } from './CallRows.tsx'
import { useEntries } from './entries.ts'

const REFRESH_MS = 5_000

/** Every cent of an episode and what cost none: a time line, the sum under a rule, every call for who wants it. */
export function Receipt({ episode: { id, status, version } }: { episode: Episode }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const { data, error } = useQuery({
    queryKey: ['receipt', id, version, status],
    queryFn: ({ signal }) => ask<ReceiptData>(`/api/episodes/${id}/receipt`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: isWorking(status) ? REFRESH_MS : false,
  })
  return (
    <section className="box receipt" aria-labelledby="receipt">
      <h2 className="h3" id="receipt">
        {t('money.receipt')}
      </h2>
      {!data && !error && <Skeleton />}
      {!data && error && <Notice>{say(error)}</Notice>}
      {data && (data.calls.length === 0 ? <p className="meta">{t('money.receiptEmpty')}</p> : <Account receipt={data} />)}
    </section>
  )
}

function Account({ receipt }: { receipt: ReceiptData }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const [all, setAll] = useState(false)
  const entries = useEntries(receipt)
  const { totals, budgetMicroUsd, versions } = receipt
  const reserved = versions.reduce((sum, { reservedMicroUsd }) => sum + reservedMicroUsd, 0)
  return (
    <>
      <ol>
        {entries.map(({ key, at, mark, what, note, sum }) => (
          <li key={key}>
            <span className="meta">{at}</span>
            <i className={`mark ${mark}`} aria-hidden="true" />
            <span>
              {what}
              {note && <span className="meta">{note}</span>}
            </span>
            <span className="sum">{sum}</span>
          </li>
        ))}
      </ol>
      <p className="total">
        <b>{t('money.total')}</b>
        <b className="sum">{money(totals.costMicroUsd, language)}</b>
      </p>
      <p className="meta">
        <Parts>
          {budgetMicroUsd !== null && t('money.capNote', { cap: money(budgetMicroUsd, language) })}
          {t('money.estimated', { sum: money(reserved, language) })}
        </Parts>
      </p>
      <button type="button" className="btn bare" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? t('money.fewer') : t('money.everyCall', { count: totals.calls })}
      </button>
      {all && <CallRows calls={receipt.calls} />}
    </>
  )
}
