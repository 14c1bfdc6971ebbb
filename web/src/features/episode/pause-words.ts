import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money } from '../../lib/money.ts'
import { locale } from '../../lib/time.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

/** What a run that waits for money says of itself. */
export function usePauseWords({ episode, script }: LiveEpisode) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { cost, pause, progress } = episode
  const cap = pause?.cap ?? 'episode'
  const spent = money(cost.spentMicroUsd, language)
  const line = script.lines.findIndex(({ status }) => status !== 'ready' && status !== 'skipped') + 1
  const date = pause?.resumesAt
    ? new Intl.DateTimeFormat(locale(language), {
        month: 'long',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }).format(new Date(pause.resumesAt))
    : ''
  return {
    title: line > 0 ? t(`money.paused.${cap}`, { line }) : t(`money.pausedScript.${cap}`),
    happened: t(`money.happened.${cap}`, { cap: money(cost.budgetMicroUsd ?? 0, language) }),
    costs: progress.linesDone > 0 ? t('money.costs', { spent, count: progress.linesDone }) : t('money.costsNone', { spent }),
    next: t(`money.next.${cap}`, { left: money(pause?.leftMicroUsd ?? 0, language), date }),
  }
}
