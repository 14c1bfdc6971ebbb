import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { Dashboard } from '../records.ts'

const WIDTH = 262
const [TOP, BOTTOM] = [10, 68]
/** The alert rings above it. */
const LIMIT = 0.1
/** What the chart shows at least: a single failure must not look like all of them. */
const LEAST_TOP = 0.2

/** What share of a provider's calls failed, in each five minutes of the last hour. */
export function ProviderErrors({
  provider: { provider, calls, failed, failedShare },
}: {
  provider: Dashboard['providers'][number]
}) {
  const t = useTranslate()
  const { count, share } = useFormats()
  const title = t('console.dashboard.errors', { provider })
  const rate = calls === 0 ? null : failed / calls
  const highest = Math.max(LEAST_TOP, ...failedShare.map((one) => one ?? 0))
  const y = (value: number) => BOTTOM - (value / highest) * (BOTTOM - TOP)
  const step = WIDTH / (failedShare.length - 1)
  const points = failedShare.map((one, slot) => `${(slot * step).toFixed(1)},${y(one ?? 0).toFixed(1)}`)
  return (
    <section className="card" aria-label={title}>
      <h2>
        {title}
        <span className="meta">{rate === null ? t('console.none') : share(rate)}</span>
      </h2>
      <div className="curve">
        <svg
          viewBox="0 0 300 84"
          role="img"
          aria-label={t('console.dashboard.errors_label', { calls: count(calls), failed: count(failed) })}
        >
          <line className="ground" x1="0" x2={WIDTH} y1={BOTTOM} y2={BOTTOM} />
          <line className="limit" x1="0" x2={WIDTH} y1={y(LIMIT)} y2={y(LIMIT)} />
          <text x="300" y={y(LIMIT) + 4} textAnchor="end">
            {share(LIMIT)}
          </text>
          {calls > 0 && <polyline className={rate !== null && rate > LIMIT ? 'hold' : ''} points={points.join(' ')} />}
          <text x="0" y="82">
            {t('console.dashboard.an_hour_ago')}
          </text>
          <text x={WIDTH} y="82" textAnchor="end">
            {t('console.dashboard.now')}
          </text>
        </svg>
        <p className="meta">
          {calls === 0
            ? t('console.dashboard.no_calls')
            : t('console.dashboard.errors_label', { calls: count(calls), failed: count(failed) })}
        </p>
      </div>
    </section>
  )
}
