import { useTranslation } from '../../i18n/translation.ts'
import { isSettled, isWorking } from '../../lib/episode-life.ts'
import { money } from '../../lib/money.ts'
import { clock, spokenLength } from '../../lib/time.ts'
import type { Episode } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

/** The counts of the status line: lines, what can be heard, time left, money. */
export function useProgressNumbers({ status, progress, cost }: Episode): string[] {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { linesTotal, linesDone, playableMs, etaMs } = progress
  const spent = money(cost.spentMicroUsd, language)
  const numbers: string[] = []

  if (status === 'ready') return [t('episode.allLines', { count: linesTotal }), t('episode.cost', { money: spent })]
  if (linesTotal > 0) {
    const writing = status === 'writing' && linesDone === 0
    numbers.push(
      writing ? t('episode.written', { count: linesTotal }) : t('episode.lines', { done: linesDone, total: linesTotal }),
    )
  }
  if (playableMs > 0) numbers.push(t('episode.playable', { time: clock(playableMs) }))
  if (etaMs !== null && isWorking(status)) numbers.push(t('episode.left', { time: spokenLength(etaMs, language) }))
  if (isSettled(status)) return numbers
  const cap = cost.budgetMicroUsd
  numbers.push(
    cap === null ? t('episode.spent', { money: spent }) : t('episode.spentCap', { money: spent, cap: money(cap, language) }),
  )
  return numbers
}
