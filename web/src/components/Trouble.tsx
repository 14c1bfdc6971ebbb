import { useEffect, useState } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import { Refusal } from '../lib/api.ts'
import { showToast } from '../lib/toast.ts'

interface TroubleProps {
  title: string
  text: string
  error: unknown
  onRetry: () => void
}

const usualWaitSeconds = 8

/** Something could not be read: says so, tries again by itself where that can help, and on a press; offers the request's number. */
export function Trouble({ title, text, error, onRetry }: TroubleProps) {
  const { t } = useTranslation()
  const id = error instanceof Refusal ? error.requestId : undefined
  const left = useCountdown(error, onRetry)
  const copy = async () => {
    if (id === undefined) return
    await navigator.clipboard.writeText(id)
    showToast(t('shell.copied'))
  }
  return (
    <div className="empty" role="alert">
      <h2 className="song">{title}</h2>
      <p className="two">
        {isBusy(error) ? t('shell.busy') : text}
        {left !== null && t('shell.space') + t('shell.again', { count: left })}
      </p>
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

const isBusy = (error: unknown) => error instanceof Refusal && (error.status === 503 || error.status === 429)
const mayPass = (error: unknown) =>
  error instanceof Refusal && (error.code === 'no-connection' || error.status >= 500 || error.status === 429)

/** Seconds to the next try; null where another try would change nothing. */
function useCountdown(error: unknown, onRetry: () => void): number | null {
  const wait = mayPass(error) ? ((error as Refusal).retryAfterSeconds ?? usualWaitSeconds) : null
  const [left, setLeft] = useState(wait)
  useEffect(() => {
    if (left === null || wait === null) return undefined
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : (setLeft(wait), onRetry())), 1_000)
    return () => clearTimeout(timer)
  }, [left, wait, onRetry])
  return left
}
