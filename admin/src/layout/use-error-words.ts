import { HttpError, useTranslate } from 'react-admin'

/** What went wrong, in the reader's language where the kind is known, then as the server said it, with its request id. */
export function useErrorWords() {
  const t = useTranslate()
  return (error: unknown): string => {
    // A `TypeError` is what `fetch` throws when nobody answers; its own words help nobody.
    if (!(error instanceof Error) || error instanceof TypeError) return t('console.error.offline')
    const code = error instanceof HttpError ? String((error.body as { code?: unknown } | null)?.code) : ''
    return [t(`console.problem.${code}`, { _: '' }), error.message].join(' ').trim()
  }
}
