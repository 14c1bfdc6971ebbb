import { HoldIcon, VoicingBars } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { isWorking, waitsForPerson } from '../../lib/episode-life.ts'
import { clock, spokenLength } from '../../lib/time.ts'
import type { EpisodeSummary } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

/** The state of an episode in a few words: its length, how far it is, what it waits for. */
export function RowState({ item }: { item: EpisodeSummary }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { status, progress } = item
  if (isWorking(status)) {
    return (
      <span className="tag on">
        <VoicingBars />
        {workingWords()}
      </span>
    )
  }
  if (waitsForPerson(status)) {
    return (
      <span className="tag hold">
        <HoldIcon small />
        {holdWords()}
      </span>
    )
  }
  if (status === 'ready') return <span className="meta">{item.durationMs === null ? '' : clock(item.durationMs)}</span>
  if (status === 'failed') return <span className="tag">{t('library.failed')}</span>
  const time = progress.playableMs > 0 ? clock(progress.playableMs) : null
  return <span className="tag">{time === null ? t('library.cancelled') : t('library.cancelledAt', { time })}</span>

  function workingWords() {
    const { linesDone: done, linesTotal: total, etaMs } = progress
    if (total === 0 || status === 'cancelling' || status === 'assembling') return t(`episode.status.${status}`)
    if (etaMs === null) return t('library.making', { done, total })
    return t('library.makingLeft', { done, total, time: spokenLength(etaMs, language) })
  }
  function holdWords() {
    if (status === 'review') return t('library.review')
    return status === 'paused_budget' ? t('library.paused') : t('library.repair', { count: progress.linesFailed })
  }
}
