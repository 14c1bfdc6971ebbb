import { Link } from 'wouter'
import { InstallRow } from '../../components/InstallRow.tsx'
import { Segments } from '../../controls/Segments.tsx'
import { switchLanguage } from '../../i18n/start.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { chooseTheme, useTheme } from '../../lib/theme.ts'
import type { Theme } from '../../lib/theme.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

const themes: readonly { value: Theme; name: 'themeSystem' | 'themeLight' | 'themeDark' }[] = [
  { value: 'system', name: 'themeSystem' },
  { value: 'light', name: 'themeLight' },
  { value: 'dark', name: 'themeDark' },
]

/** How the app looks and speaks on this device, and how it says words. */
export function LookSection() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const theme = useTheme()
  return (
    <section className="sec">
      <h2 className="h3">{t('settings.look')}</h2>
      <div className="row">
        <span>{t('shell.language')}</span>
        <Segments
          label={t('shell.language')}
          options={[
            { value: 'zh', words: t('settings.zh') },
            { value: 'en', words: t('settings.en') },
          ]}
          chosen={language}
          onChoose={(next) => void switchLanguage(next)}
        />
      </div>
      <div className="row">
        <span>{t('shell.theme')}</span>
        <Segments
          label={t('shell.theme')}
          options={themes.map(({ value, name }) => ({ value, words: t(`shell.${name}`) }))}
          chosen={theme}
          onChoose={chooseTheme}
        />
      </div>
      <div className="row">
        <span>
          {t('shell.wordsMenu')}
          <span className="meta note">{t('settings.words')}</span>
        </span>
        <Link className="btn" href="/pronunciations">
          {t('settings.openWords')}
        </Link>
      </div>
      <InstallRow />
    </section>
  )
}
