import { useTranslation } from '../../i18n/translation.ts'
import { clock } from '../../lib/time.ts'
import type { EpisodeStatus } from '../../lib/types.ts'
import type { Section } from './sections.ts'

/** Where a section begins, or how far it is. */
export function useSectionState(status: EpisodeStatus) {
  const { t } = useTranslation()
  return ({ total, done, startMs }: Section, short = false): string => {
    if (total === 0) return status === 'writing' || status === 'reading' ? t('episode.sectionWriting') : ''
    if (done === total) return startMs === null ? '' : clock(startMs)
    if (done === 0) return t('episode.sectionWaiting')
    return short ? `${done} / ${total}` : t('episode.sectionDone', { done, total })
  }
}
