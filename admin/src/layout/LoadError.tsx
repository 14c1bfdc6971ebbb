import { HttpError, useTranslate } from 'react-admin'
import { useErrorWords } from './use-error-words.ts'

interface LoadErrorProps {
  error?: unknown
  again?: () => void
}

/** Something was not read: why, and a way to try again. */
export function LoadError({ error, again = () => location.reload() }: LoadErrorProps) {
  const t = useTranslate()
  const words = useErrorWords()
  const missing = error instanceof HttpError && error.status === 404
  return (
    <section className="panel" role="alert">
      <h2>{t(missing ? 'console.error.missing_title' : 'console.error.title')}</h2>
      <p>{words(error)}</p>
      {!missing && (
        <button type="button" className="button" onClick={again}>
          {t('console.error.again')}
        </button>
      )}
    </section>
  )
}
