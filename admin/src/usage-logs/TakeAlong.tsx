import { Download } from 'lucide-react'
import { useListContext, useTranslate } from 'react-admin'

/** The calls that the filters leave, all of them, as a table for a spreadsheet. */
export function TakeAlong() {
  const t = useTranslate()
  const { filterValues } = useListContext()
  const query = new URLSearchParams({ filter: JSON.stringify(filterValues) })
  return (
    <p className="take-along">
      <a className="button" href={`/api/admin/usage-logs.csv?${query}`} download>
        <Download size={16} aria-hidden />
        {t('console.daily.csv')}
      </a>
    </p>
  )
}
