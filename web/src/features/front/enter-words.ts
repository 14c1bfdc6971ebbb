import { useTranslation } from '../../i18n/translation.ts'
import { Refusal } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'

/** Here nobody says which of the two was wrong: address or password. */
export function useEnterWords() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  return (error: unknown) =>
    error instanceof Refusal && error.code === 'wrong-credentials' ? t('front.wrongPassword') : say(error)
}
