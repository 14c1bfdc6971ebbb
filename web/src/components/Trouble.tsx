import { useTranslation } from '../i18n/translation.ts'
import { Refusal } from '../lib/api.ts'
import { showToast } from '../lib/toast.ts'

interface TroubleProps {
  title: string
  text: string
  error: unknown
  onRetry: () => void
}

/** Something could not be read: says so, tries again on a press, offers the request's number. */
export function Trouble({ title, text, error, onRetry }: TroubleProps) {
  const { t } = useTranslation()
  const id = error instanceof Refusal ? error.requestId : undefined
  const copy = async () => {
    if (id === undefined) return
    await navigator.clipboard.writeText(id)
    showToast(t('shell.copied'))
  }
  return (
    <div className="empty" role="alert">
      <h2 className="song">{title}</h2>
      <p className="two">{text}</p>
      <div className="acts">
        <button type="button" className="btn" onClick={onRetry}>
          {t('shell.retry')}
        </button>
        {id !== undefined && navigator.clipboard && (
          <button type="button" className="btn bare" onClick={() => void copy()}>
            {t('shell.requestId', { id: id.slice(0, 12) })}
          </button>
        )}
      </div>
    </div>
  )
}
