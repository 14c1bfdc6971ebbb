import { useTranslation } from '../i18n/translation.ts'
import { Refusal } from './api.ts'

const keys = {
  'no-connection': 'noConnection',
  unavailable: 'unavailable',
  'too-large': 'tooLarge',
  'nothing-to-say': 'nothingToSay',
  'unknown-voice': 'unknownVoice',
  'unknown-speaker': 'unknownSpeaker',
  'script-unreadable': 'scriptUnreadable',
  'source-kind-unavailable': 'sourceKindUnavailable',
  'source-unreadable': 'sourceUnreadable',
  'url-refused': 'urlRefused',
  'upload-missing': 'uploadMissing',
  'idempotency-key-reused': 'keyReused',
  'wrong-state': 'wrongState',
  'revision-conflict': 'revisionConflict',
  'over-plan': 'overPlan',
  'budget-too-low': 'budgetTooLow',
  forbidden: 'forbidden',
  'not-found': 'notFound',
  'no-sample': 'noSample',
  'webhook-address-refused': 'webhookRefused',
} as const

type Known = keyof typeof keys
const isKnown = (code: string): code is Known => Object.hasOwn(keys, code)

/** Says a refusal in the words of the house: what happened, and what to do. */
export function useRefusalWords() {
  const { t } = useTranslation()
  return (error: unknown): string => {
    if (!(error instanceof Refusal)) return t('problems.other', { detail: String(error) })
    if (isKnown(error.code)) return t(`problems.${keys[error.code]}`)
    if (error.status === 429) return t('problems.tooManyRequests', { count: error.retryAfterSeconds ?? 10 })
    if (error.status >= 500) return t('problems.internal', { id: error.requestId ?? '–' })
    return t('problems.other', { detail: error.message })
  }
}
