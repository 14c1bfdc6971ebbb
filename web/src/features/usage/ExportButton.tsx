import { Download } from 'lucide-react'
import { useTranslation } from '../../i18n/translation.ts'
import type { OwnUsage } from '../../lib/types.ts'
import { usageCsv } from './usage-csv.ts'

/** The month as a file for spreadsheets. */
export function ExportButton({ items, month }: { items: OwnUsage['items']; month: string }) {
  const { t } = useTranslation()
  const save = () => {
    const url = URL.createObjectURL(new Blob([usageCsv(items)], { type: 'text/csv' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: `aimake-usage-${month}.csv` })
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <button type="button" className="btn bare" onClick={save}>
      <Download className="i s" aria-hidden="true" />
      {t('money.exportCsv')}
    </button>
  )
}
