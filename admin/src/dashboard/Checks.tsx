import { Check, Diamond } from 'lucide-react'
import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { Dashboard } from '../records.ts'

/** What the service stands on: whether each answers, and how fast. */
export function Checks({ checks }: { checks: Dashboard['checks'] }) {
  const t = useTranslate()
  const { span } = useFormats()
  return (
    <section className="card" aria-label={t('console.dashboard.checks')}>
      <ul className="checks">
        {checks.map(({ name, ok, durationMs }) => (
          <li key={name} className={ok ? '' : 'hold'}>
            <b>
              {ok ? <Check size={16} aria-hidden /> : <Diamond size={16} aria-hidden />}
              {t(`console.dashboard.check.${name}`)}
            </b>
            <span className="meta">{ok ? span(durationMs) : t('console.dashboard.no_answer')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
