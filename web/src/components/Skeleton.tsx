import { useEffect, useState } from 'react'
import { useTranslation } from '../i18n/translation.ts'

const widths = ['64%', '38%', '72%', '44%']

/** Shown only when reading takes longer than 300 ms: a flash of grey explains nothing. */
export function Skeleton() {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className="sk" role="status" aria-busy="true" aria-label={t('shell.reading')}>
      {widths.map((width) => (
        <i key={width} style={{ width }} />
      ))}
    </div>
  )
}
