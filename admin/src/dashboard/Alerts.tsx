import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { Dashboard } from '../records.ts'

/** What rings now; when nothing can ring, that is said too. */
export function Alerts({ house: { alerts, unknownCalls } }: { house: Dashboard }) {
  const t = useTranslate()
  const { moment } = useFormats()
  const { state, firing } = alerts
  return (
    <>
      {firing.length > 0 && (
        <section className="panel" aria-label={t('console.dashboard.alerts')}>
          <h2>{t('console.dashboard.firing', { smart_count: firing.length, count: firing.length })}</h2>
          <ul className="firing">
            {firing.map(({ name, severity, summary, since }) => (
              <li key={`${name} ${since} ${summary}`}>
                <b>{name}</b>
                {severity && <span className="tag hold">{severity}</span>} {summary}
                <span className="meta"> {t('console.dashboard.since', { time: moment(since) })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {state === 'away' && (
        <section className="panel">
          <h2>{t('console.dashboard.alerts_away')}</h2>
        </section>
      )}
      {unknownCalls > 0 && (
        <section className="panel">
          <h2>{t('console.dashboard.unknown_calls', { smart_count: unknownCalls, count: unknownCalls })}</h2>
          <p>{t('console.dashboard.unknown_calls_why')}</p>
        </section>
      )}
      {state !== 'away' && firing.length === 0 && (
        <p className="meta alert-state">
          {t(state === 'connected' ? 'console.dashboard.none_firing' : 'console.dashboard.alerts_not_connected')}
        </p>
      )}
    </>
  )
}
