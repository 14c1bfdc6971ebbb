import { useTranslation } from '../i18n/translation.ts'
import { showToast } from './toast.ts'

/** Puts words on the clipboard and says so; where the browser refuses, it shows them to be copied by hand. */
export function useCopy() {
  const { t } = useTranslation()
  return (words: string) =>
    void navigator.clipboard.writeText(words).then(
      () => showToast(t('sharing.copied')),
      () => showToast(words),
    )
}
