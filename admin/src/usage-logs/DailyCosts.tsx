import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { LoadError } from '../layout/LoadError.tsx'
import { useRead } from '../layout/use-read.ts'
import type { Usage } from '../records.ts'
import { barsOf, daysBack } from './daily-bars.ts'
import './daily-costs.css'

const DAYS = 30
const REFRESH_MS = 30_000
const [WIDTH, HEIGHT, GAP] = [900, 140, 4]

/** What each of the last thirty days cost, a bar a day, by provider. The settings page has the same in figures. */
export function DailyCosts() {
  const t = useTranslate()
  const { money, day } = useFormats()
  const { from, to } = daysBack(DAYS)
  const { data, error, refetch } = useRead<Usage>(`/admin/usage?group=day&from=${from}&to=${to}`, REFRESH_MS)
  if (error) return <LoadError error={error} again={() => void refetch()} />
  if (!data) return null
  const { bars, providers, highest } = barsOf(data, DAYS)
  const step = WIDTH / DAYS
  const height = (microUsd: number) => (highest === 0 ? 0 : (microUsd / highest) * HEIGHT)
  return (
    <section className="card daily" aria-label={t('console.daily.title')}>
      <h2>
        {t('console.daily.title')}
        <span className="meta legend">
          {providers.map((name, index) => (
            <span key={name}>
              <i className={`part p${index % 4}`} />
              {name}
            </span>
          ))}
          <span>{t('console.daily.total', { cost: money(data.totals.costMicroUsd) })}</span>
        </span>
      </h2>
      <div className="bars">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT + 4}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('console.daily.label', { from, to, cost: money(data.totals.costMicroUsd), most: money(highest) })}
        >
          {bars.map((bar, index) => (
            <g key={bar.day} transform={`translate(${index * step + GAP / 2} 0)`}>
              <title>{`${bar.day} ${money(bar.costMicroUsd)}`}</title>
              <rect className="day" width={step - GAP} height={HEIGHT} />
              {bar.parts.map(({ provider, below, costMicroUsd }) => (
                <rect
                  key={provider}
                  className={`part p${providers.indexOf(provider) % 4}`}
                  width={step - GAP}
                  y={HEIGHT - height(below + costMicroUsd)}
                  height={height(costMicroUsd)}
                />
              ))}
            </g>
          ))}
          <line x1="0" x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
        </svg>
        <p className="meta scale">
          <span>{day(from)}</span>
          <span>{t('console.daily.most', { cost: money(highest) })}</span>
          <span>{day(to)}</span>
        </p>
      </div>
    </section>
  )
}
