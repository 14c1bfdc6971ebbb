import { useTranslation } from '../i18n/translation.ts'
import { Refusal } from './api.ts'

const keys = {
  'no-connection': 'problems.noConnection',
  unavailable: 'problems.unavailable',
  'too-large': 'problems.tooLarge',
  'nothing-to-say': 'problems.nothingToSay',
  'unknown-voice': 'problems.unknownVoice',
  'unknown-speaker': 'problems.unknownSpeaker',
  'script-unreadable': 'problems.scriptUnreadable',
  'source-kind-unavailable': 'problems.sourceKindUnavailable',
  'source-unreadable': 'problems.sourceUnreadable',
  'url-refused': 'problems.urlRefused',
  'upload-missing': 'problems.uploadMissing',
  'idempotency-key-reused': 'problems.keyReused',
  'wrong-state': 'problems.wrongState',
  'revision-conflict': 'problems.revisionConflict',
  'over-plan': 'problems.overPlan',
  'budget-too-low': 'problems.budgetTooLow',
  forbidden: 'problems.forbidden',
  'not-found': 'problems.notFound',
  'no-sample': 'problems.noSample',
  'webhook-address-refused': 'problems.webhookRefused',
  suspended: 'problems.suspended',
  'email-taken': 'front.emailTaken',
  'email-invalid': 'front.emailBad',
  'password-too-short': 'front.passwordShort',
  'password-too-long': 'front.passwordLong',
  'email-unconfirmed': 'enter.mustVerify',
  'wrong-code': 'enter.codeWrong',
  'link-over': 'account.resetFailed',
} as const

type Known = keyof typeof keys
const isKnown = (code: string): code is Known => Object.hasOwn(keys, code)

/** Says a refusal in the words of the house: what happened, and what to do. */
export function useRefusalWords() {
  const { t } = useTranslation()
  return (error: unknown): string => {
    if (!(error instanceof Refusal)) return t('problems.other', { detail: String(error) })
    if (isKnown(error.code)) return t(keys[error.code])
    if (error.status === 429) return t('problems.tooManyRequests', { count: error.retryAfterSeconds ?? 10 })
    if (error.status >= 500) return t('problems.internal', { id: error.requestId ?? '–' })
    return t('problems.other', { detail: error.message })
  }
}
