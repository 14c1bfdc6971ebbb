import { useMutation } from '@tanstack/react-query'
import { HoldIcon } from '../../components/Icons.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { useLineFailureWords } from './line-failure-words.ts'
import { PanelRows } from './PanelRows.tsx'
import { readAgain } from './read-again.ts'

const mostNamed = 5

/** Some lines could not be voiced: the run waits, and goes on from here. */
export function RepairPanel({ live: { episode, script } }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const say = useRefusalWords()
  const failureWords = useLineFailureWords()
  const repair = useMutation({
    mutationFn: () => ask<unknown>(`/api/episodes/${episode.id}/repair`, { method: 'POST' }),
    onSettled: () => readAgain(episode.id),
  })
  const failed = script.lines.flatMap((line, index) => (line.status === 'failed' ? [{ line, number: index + 1 }] : []))
  const count = failed.length
  const numbers = failed
    .slice(0, mostNamed)
    .map(({ number }) => number)
    .join(t('make.listComma'))
  const detail = failureWords(failed[0]?.line.failure ?? null)
  const happened = count > mostNamed ? 'episode.repairHappenedMany' : 'episode.repairHappened'
  return (
    <section className="panel" aria-labelledby="mend">
      <h2 id="mend">
        <HoldIcon />
        <span>{t('episode.repairTitle', { count, rest: episode.progress.linesDone })}</span>
      </h2>
      <PanelRows
        rows={[
          { name: t('episode.happened'), words: t(happened, { count, numbers, detail }) },
          { name: t('episode.costs'), words: t('episode.repairCosts', { money: money(episode.cost.spentMicroUsd, language) }) },
          { name: t('episode.next'), words: t('episode.repairNext') },
        ]}
      />
      <div className="acts">
        <button type="button" className="btn ink" disabled={repair.isPending} onClick={() => repair.mutate()}>
          {repair.isPending ? t('episode.repairing') : t('episode.repairAct', { count })}
        </button>
      </div>
      {repair.error && <Notice>{say(repair.error)}</Notice>}
    </section>
  )
}
