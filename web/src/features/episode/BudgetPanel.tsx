import { useMutation } from '@tanstack/react-query'
import { Suspense, lazy, useState } from 'react'
import { HoldIcon } from '../../components/Icons.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money, roundSum } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { PanelRows } from './PanelRows.tsx'
import { StopButton } from './StopButton.tsx'
import { usePauseWords } from './pause-words.ts'
import { readAgain } from './read-again.ts'

const OtherBudget = lazy(() => import('./OtherBudget.tsx'))

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
  const [isOther, setOther] = useState(false)
  const { spentMicroUsd, budgetMicroUsd } = episode.cost
  const enough = roundSum(Math.max(spentMicroUsd + (episode.pause?.leftMicroUsd ?? 0) * MARGIN, (budgetMicroUsd ?? 0) + 1))
  const raise = useMutation({
    mutationFn: (sum: number) =>
      ask<unknown>(`/api/episodes/${episode.id}/budget`, { method: 'POST', body: { budgetMicroUsd: sum } }),
    onSettled: () => readAgain(episode.id),
  })
  const busy = raise.isPending || raise.isSuccess
  return (
    <>
      <div className="acts">
        <button type="button" className="btn ink" disabled={busy} onClick={() => raise.mutate(enough)}>
          {busy ? t('money.raising') : t('money.raise', { sum: money(enough, language) })}
        </button>
        <button type="button" className="btn" aria-expanded={isOther} onClick={() => setOther(!isOther)}>
          {t('money.other')}
        </button>
        <StopButton episode={episode} />
      </div>
      <Suspense>{isOther && <OtherBudget busy={busy} onRaise={(sum) => !busy && raise.mutate(sum)} />}</Suspense>
      {raise.error && <Notice>{say(raise.error)}</Notice>}
    </>
  )
}
