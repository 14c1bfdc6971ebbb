import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { ReconcileRun } from '../records.ts'

/** What one look found, a line a kind, with a few of them to look at. */
export function Findings({ run: { findings, failure, endedAt } }: { run: ReconcileRun }) {
  const t = useTranslate()
  const { count } = useFormats()
  const found = findings.filter((finding) => finding.found > 0)
  if (failure) return <p className="meta">{failure}</p>
  if (found.length === 0) return endedAt ? <>{t('console.reconcile.nothing')}</> : null
  return (
    <ul>
      {found.map((finding) => (
        <li key={finding.kind}>
          {t('console.reconcile.found', {
            what: t(`console.reconcile.kind.${finding.kind}`),
            found: count(finding.found),
            mended: count(finding.mended),
          })}
          <details className="meta">
            <summary>{finding.samples[0]}</summary>
            {finding.samples.slice(1).map((sample) => (
              <p key={sample}>{sample}</p>
            ))}
          </details>
        </li>
      ))}
    </ul>
  )
}
