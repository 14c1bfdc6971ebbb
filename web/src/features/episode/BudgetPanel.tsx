import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { HoldIcon } from '../../components/Icons.tsx'
import { MoneyField } from '../../components/MoneyField.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { microUsdOf, money, roundSum } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { PanelRows } from './PanelRows.tsx'
import { StopButton } from './StopButton.tsx'
import { usePauseWords } from './pause-words.ts'
import { readAgain } from './read-again.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

/** There is no money for the next call: what happened, what it cost, and where a person can help, by how much. */
export function BudgetPanel({ live }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const { episode } = live
  const words = usePauseWords(live)
  return (
    <section className="panel" aria-labelledby="hold">
      <h2 id="hold">
        <HoldIcon />
        <span>{words.title}</span>
      </h2>
      <PanelRows
        rows={[
          { name: t('episode.happened'), words: words.happened },
          { name: t('episode.costs'), words: words.costs },
          { name: t('episode.next'), words: words.next },
        ]}
      />
      {episode.pause?.cap === 'episode' ? (
        // A raise that was not enough is asked for anew.
        <Raise key={episode.cost.budgetMicroUsd} live={live} />
      ) : (
        <div className="acts">
          <StopButton episode={episode} />
        </div>
      )}
    </section>
  )
}

/** A tenth more than what is left, because the last words are often longer than planned. */
const MARGIN = 1.1

function Raise({ live: { episode } }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const say = useRefusalWords()
  const field = useOwnId()
  const [typed, setTyped] = useState<string | null>(null)
  const { spentMicroUsd, budgetMicroUsd } = episode.cost
  const enough = roundSum(Math.max(spentMicroUsd + (episode.pause?.leftMicroUsd ?? 0) * MARGIN, (budgetMicroUsd ?? 0) + 1))
  const raise = useMutation({
    mutationFn: (sum: number) =>
      ask<unknown>(`/api/episodes/${episode.id}/budget`, { method: 'POST', body: { budgetMicroUsd: sum } }),
    onSettled: () => readAgain(episode.id),
  })
  const busy = raise.isPending || raise.isSuccess
  const own = typed === null ? null : microUsdOf(typed)
  return (
    <>
      <div className="acts">
        <button type="button" className="btn ink" disabled={busy} onClick={() => raise.mutate(enough)}>
          {busy ? t('money.raising') : t('money.raise', { sum: money(enough, language) })}
        </button>
        <button type="button" className="btn" aria-expanded={typed !== null} onClick={() => setTyped(typed === null ? '' : null)}>
          {t('money.other')}
        </button>
        <StopButton episode={episode} />
      </div>
      {typed !== null && (
        <form
          className="otherbudget"
          onSubmit={(event) => {
            event.preventDefault()
            if (own !== null && !busy) raise.mutate(own)
          }}
        >
          <label className="meta" htmlFor={field}>
            {t('money.otherLabel')}
          </label>
          <MoneyField id={field} value={typed} onChange={setTyped} />
          <button type="submit" className="btn" disabled={own === null || busy}>
            {t('money.save')}
          </button>
        </form>
      )}
      {typed !== null && typed.trim() !== '' && own === null && <Notice>{t('money.bad')}</Notice>}
      {raise.error && <Notice>{say(raise.error)}</Notice>}
    </>
  )
}
