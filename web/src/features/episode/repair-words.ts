import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money } from '../../lib/money.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { useLineFailureWords } from './line-failure-words.ts'

const mostNamed = 5

export interface RepairWords {
  title: string
  happened: string
  costs: string
  next: string
  act: string
}

/** What a waiting run says of itself: what happened, what it cost, what to do. */
export function useRepairWords({ episode, script }: LiveEpisode): RepairWords {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const spent = money(episode.cost.spentMicroUsd, language)
  const failureWords = useLineFailureWords()
  const { failure } = episode
  if (failure) {
    return {
      title: t('episode.scriptTitle'),
      happened: t(`episode.scriptHappened.${whyNotWritten(failure.code)}`, { detail: failure.detail }),
      costs: t('episode.scriptCosts', { money: spent }),
      next: t(`episode.scriptNext.${whyNotWritten(failure.code)}`),
      act: t('episode.scriptAct'),
    }
  }
  const failed = script.lines.flatMap((line, index) => (line.status === 'failed' ? [{ line, number: index + 1 }] : []))
  const count = failed.length
  const rest = episode.progress.linesDone
  if (count === 0) {
    const mended = script.lines.filter(({ status }) => status === 'waiting').length
    return {
      title: t('edit.mendedTitle', { count: mended, rest }),
      happened: '',
      costs: t('edit.mendedCosts', { money: spent }),
      next: t('edit.mendedNext'),
      act: t('edit.goOn'),
    }
  }
  const lostMicroUsd = failed.flatMap(({ line }) => line.tries).reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)
  const numbers = failed
    .slice(0, mostNamed)
    .map(({ number }) => number)
    .join(t('make.listComma'))
  const detail = failureWords(failed[0]?.line.failure ?? null)
  const happened = count > mostNamed ? 'episode.repairHappenedMany' : 'episode.repairHappened'
  return {
    title: t('episode.repairTitle', { count, rest }),
    happened: t(happened, { count, numbers, detail }),
    costs:
      lostMicroUsd === 0
        ? t('episode.repairCosts', { money: spent })
        : t('edit.lostCosts', { lost: money(lostMicroUsd, language), money: spent }),
    next: t('edit.repairNext'),
    act: t('episode.repairAct', { count }),
  }
}

/** Whose turn it is: whoever keeps the account, whoever chose the source, or simply the model's again. */
function whyNotWritten(code: string): 'account' | 'refused' | 'unusable' {
  if (/key_refused|unpaid|forbidden|unknown$/.test(code)) return 'account'
  return /refused|filtered/.test(code) ? 'refused' : 'unusable'
}
