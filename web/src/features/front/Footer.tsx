import { switchLanguage } from '../../i18n/start.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { address } from '../../lib/api.ts'
import { langTag } from '../../lib/lang-tag.ts'

/** The end of the front page. */
export function Footer() {
  const { t, language } = useTranslation()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <footer className="band foot meta">
      <span>AIMake</span>
      <a className="link" href={address('/openapi.json')}>
        {t('front.api')}
      </a>
      <button type="button" className="link" lang={langTag(other)} onClick={() => void switchLanguage(other)}>
        {t('front.otherLanguage')}
      </button>
    </footer>
  )
}
