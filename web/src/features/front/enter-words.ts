import { useTranslation } from '../../i18n/translation.ts'
import { Refusal } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'

// Codes of the sign-in library and of our own door.
const keys = {
  INVALID_EMAIL_OR_PASSWORD: 'wrongPassword',
  'wrong-credentials': 'wrongPassword',
  USER_ALREADY_EXISTS: 'emailTaken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'emailTaken',
  PASSWORD_TOO_SHORT: 'passwordShort',
  PASSWORD_TOO_LONG: 'passwordLong',
  INVALID_EMAIL: 'emailBad',
} as const
const others = { EMAIL_NOT_VERIFIED: 'mustVerify', INVALID_CODE: 'codeWrong', INVALID_BACKUP_CODE: 'codeWrong' } as const

type Known = keyof typeof keys
const isKnown = (code: string): code is Known => Object.hasOwn(keys, code)

const isOther = (code: string): code is keyof typeof others => Object.hasOwn(others, code)

export function useEnterWords() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  return (error: unknown) => {
    if (!(error instanceof Refusal)) return say(error)
    if (isKnown(error.code)) return t(`front.${keys[error.code]}`)
    return isOther(error.code) ? t(`account.${others[error.code]}`) : say(error)
  }
}
