import { useTranslation } from '../../i18n/translation.ts'
import type { Line } from '../../lib/types.ts'

const badSound = new Set(['empty', 'not_audio', 'undecodable', 'truncated', 'clipped', 'noise', 'gap', 'too_short', 'too_long'])

/** Why a line has no sound, in the words of the house: what happened, what it cost, what to do. */
export function useLineFailureWords() {
  const { t } = useTranslation()
  return (failure: Line['failure']): string => {
    if (!failure) return ''
    if (failure.code === 'silent') return t('episode.lineFailed.silent')
    if (badSound.has(failure.code)) return t('episode.lineFailed.badSound')
    if (/^nothing.to.say$/.test(failure.code)) return t('episode.lineFailed.nothingToSay')
    if (/no.answer|time.?out|unavailable|rate|engine/.test(failure.code)) return t('episode.lineFailed.provider')
    return t('episode.lineFailed.other', { detail: failure.detail })
  }
}
