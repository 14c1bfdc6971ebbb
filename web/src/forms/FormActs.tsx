import { useTranslation } from '../i18n/translation.ts'

interface FormActsProps {
  words: string
  isBusy: boolean
  onClose: () => void
}

/** How a form that was opened ends: sent, or closed as it was. */
export function FormActs({ words, isBusy, onClose }: FormActsProps) {
  const { t } = useTranslation()
  return (
    <div className="formacts">
      <button type="submit" className="btn ink" disabled={isBusy}>
        {words}
      </button>
      <button type="button" className="btn bare" onClick={onClose}>
        {t('shell.cancel')}
      </button>
    </div>
  )
}
