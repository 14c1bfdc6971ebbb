import './install-row.css'
import { useTranslation } from '../i18n/translation.ts'
import { install, isInstalledByHand, useCanInstall } from '../lib/install.ts'

/** How the app comes onto this device. Nothing where it is already, or cannot. */
export function InstallRow() {
  const { t } = useTranslation()
  const canInstall = useCanInstall()
  if (!canInstall && !isInstalledByHand()) return null
  return (
    <div className="row install">
      <span>
        {t('settings.install')}
        <span className="meta note">{t('settings.installText')}</span>
        {!canInstall && <span className="meta note">{t('settings.installByHand')}</span>}
      </span>
      {canInstall && (
        <button type="button" className="btn" onClick={() => void install()}>
          {t('settings.installNow')}
        </button>
      )}
    </div>
  )
}
