import { Languages } from 'lucide-react'
import { useLocaleState, useLocales, useTranslate } from 'react-admin'

/** Two languages need no menu: the button names the other one, in that language. */
export function LanguageSwitch() {
  const t = useTranslate()
  const [locale, setLocale] = useLocaleState()
  const other = useLocales().find((one) => one.locale !== locale)
  if (!other) return null
  return (
    <button type="button" className="button bare" title={t('console.language')} onClick={() => setLocale(other.locale)}>
      <Languages size={18} aria-hidden />
      <span className="spoken-on-phone" lang={other.locale}>
        {other.name}
      </span>
    </button>
  )
}
