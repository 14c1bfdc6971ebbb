import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { Dashboard } from '../records.ts'
import { Figure } from './Figure.tsx'

/** The alert rings from the same age on. */
const TOO_OLD_MS = 26 * 3_600_000

export function BackupCard({ house: { at, backup } }: { house: Dashboard }) {
  const { isConnected, verifiedAt } = backup
  const t = useTranslate()
  const { moment } = useFormats()
  const isOld = verifiedAt === null || Date.parse(at) - Date.parse(verifiedAt) > TOO_OLD_MS
  const beside = verifiedAt === null ? 'backup_none' : isOld ? 'backup_old' : 'backup_good'
  return (
    <section className="card" aria-label={t('console.dashboard.backup')}>
      <h2>{t('console.dashboard.backup')}</h2>
      {isConnected ? (
        <div className="nums one">
          <Figure
            name={t('console.dashboard.backup_newest')}
            value={verifiedAt === null ? t('console.none') : moment(verifiedAt)}
            beside={t(`console.dashboard.${beside}`)}
            hold={isOld}
          />
        </div>
      ) : (
        <p className="nothing">{t('console.dashboard.backup_not_here')}</p>
      )}
    </section>
  )
}
