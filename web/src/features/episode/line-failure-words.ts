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
    if (failure.code === 'request_refused') return t('episode.lineFailed.refused')
    if (failure.code === 'text_too_long') return t('episode.lineFailed.tooLong')
    if (/^(?:unknown_voice|not_allowed)$/.test(failure.code)) return t('episode.lineFailed.voice')
    if (/^(?:key_refused|payment_needed|out_of_credit)$/.test(failure.code)) return t('episode.lineFailed.account')
    if (/no.answer|time.?out|unavailable|rate|engine/.test(failure.code)) return t('episode.lineFailed.provider')
    return t('episode.lineFailed.other', { detail: failure.detail })
  }
}
