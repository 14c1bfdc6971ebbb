import './front.css'
import { Globe } from 'lucide-react'
import { BrandMark } from '../../components/Icons.tsx'
import { Menu } from '../../components/Menu.tsx'
import { LanguageChoices } from '../../components/LanguageChoices.tsx'
import { Notice } from '../../components/Notice.tsx'
import { SourceText } from '../../components/SourceText.tsx'
import { switchLanguage } from '../../i18n/start.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { changeDraft, useDraft } from '../../lib/draft.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { endedElsewhere, useConfig } from '../../lib/session.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { DemoButton } from './DemoButton.tsx'
import { EnterForm } from './EnterForm.tsx'

/** For strangers: one sentence, one click, one box whose words are kept. */
export default function Front() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const config = useConfig()
  const draft = useDraft()
  const ended = endedElsewhere.use()
  usePageTitle(undefined)
  return (
    <>
      <header className="top">
        <span className="brand">
          <BrandMark />
          <span>AIMake</span>
        </span>
        <div className="tail">
          <Menu
            label={t('shell.language')}
            className="ib"
            items={(close) => <LanguageChoices chosen={language} onChoose={(next) => (void switchLanguage(next), close())} />}
          >
            <Globe className="i" strokeWidth={1.75} aria-hidden="true" />
          </Menu>
        </div>
      </header>
      <main className="hero" id="main">
        <div>
          {ended && (
            <div className="ended">
              <Notice>{t('front.ended')}</Notice>
            </div>
          )}
          <h1 className="song">
            {t('front.title')
              .split('|')
              .map((part) => (
                <span key={part}>{part}</span>
              ))}
          </h1>
          <p className="lead">{t('front.lead')}</p>
          {config.data?.demo && <DemoButton />}
          <div className="make">
            <SourceText
              value={draft.text}
              label={t('front.box')}
              placeholder={t('front.placeholder')}
              describedBy="kept"
              onChange={(text) => changeDraft({ text })}
            />
          </div>
          <p className="meta" id="kept" style={{ marginTop: 10 }}>
            {t('front.kept')}
          </p>
        </div>
        <section className="enter" aria-labelledby="own">
          <h2 className="h3" id="own">
            {t('front.account')}
          </h2>
          <EnterForm />
        </section>
      </main>
    </>
  )
}
