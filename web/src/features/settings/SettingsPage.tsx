import '../sharing/sharing.css'
import { useTranslation } from '../../i18n/translation.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { Webhooks } from './Webhooks.tsx'

/** What a person sets once and forgets. */
export default function SettingsPage() {
  const { t } = useTranslation()
  usePageTitle(t('sharing.settings'))
  return (
    <main className="page slim sharing" id="main" tabIndex={-1}>
      <h1 className="h1">{t('sharing.settings')}</h1>
      <Webhooks />
    </main>
  )
}
