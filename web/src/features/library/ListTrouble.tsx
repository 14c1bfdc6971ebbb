import { useEffect, useState } from 'react'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const waitSeconds = 8

/** The list did not load: counts down to the next try. */
export function ListTrouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(waitSeconds)
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : (setLeft(waitSeconds), onRetry())), 1_000)
    return () => clearTimeout(timer)
  }, [left, onRetry])
  return (
    <Trouble title={t('library.errorTitle')} text={t('library.errorText', { count: left })} error={error} onRetry={onRetry} />
  )
}
