import { useLocale, useTranslate } from 'react-admin'
import type { Backup } from '../records.ts'

/** Sizes as people say them: `12.4 MB`. */
export function sizeIn(locale: string, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const format = { style: 'unit', unit: units[power]!, unitDisplay: 'short', maximumFractionDigits: power > 1 ? 1 : 0 } as const
  return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en-US', format).format(bytes / 1000 ** power)
}

/** What is said of a backup beside its state: how far it is, why it failed, what was unusual. */
export function useBackupWords() {
  const t = useTranslate()
  const locale = useLocale()
  return {
    size: (bytes: number | null) => (bytes === null ? t('console.none') : sizeIn(locale, bytes)),
    remark: ({ status, step, failure, anomalies, isDrilling }: Backup): string | undefined => {
      if (status === 'running') return t(`console.backup.step.${step}`)
      if (isDrilling) return t('console.backup.drilling')
      if (failure) return failureIn(t, failure)
      if (anomalies.length > 0) return anomalies.map((name) => t(`console.backup.anomaly.${name}`, { _: name })).join(' ')
      return undefined
    },
  }
}

/** A failure is a code and what was seen; the code is said in words, what was seen stays as it is. */
function failureIn(t: ReturnType<typeof useTranslate>, failure: string): string {
  const [code, ...seen] = failure.split(': ')
  const words = t(`console.backup.failure.${code}`, { _: '' })
  return words ? `${words} ${seen.join(': ')}` : failure
}
