import './front.css'
import { Globe } from 'lucide-react'
import { useRef, useState } from 'react'
import { BrandMark, PlayIcon } from '../../components/Icons.tsx'
import { Menu } from '../../components/Menu.tsx'
import { LanguageChoices } from '../../components/LanguageChoices.tsx'
import { Notice } from '../../components/Notice.tsx'
import { SourceText } from '../../components/SourceText.tsx'
import { switchLanguage } from '../../i18n/start.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { recognise } from '../../lib/recognise.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { changeDraft, useDraft } from '../../lib/draft.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { farewell, useConfig } from '../../lib/session.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { DemoButton } from './DemoButton.tsx'
import { EnterForm } from './EnterForm.tsx'
import { FeaturedList } from './FeaturedList.tsx'
import { Footer } from './Footer.tsx'
import { Ideas } from './Ideas.tsx'
import { Promises } from './Promises.tsx'
import { useFeatured } from './featured.ts'

/** For strangers: one sentence, one box whose words are kept, and three works that sound at once. */
export default function Front() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const config = useConfig()
  const draft = useDraft()
  const featured = useFeatured(language)
  const left = farewell.use()
  const [gaveFiles, setGaveFiles] = useState(false)
  const enter = useRef<HTMLElement>(null)
  usePageTitle(undefined)
  const toEnter = () => {
    enter.current?.scrollIntoView({ block: 'center' })
    enter.current?.querySelector('input')?.focus({ preventScroll: true })
  }
  const hasWorks = (featured.data?.length ?? 0) > 0
  const entrance = (
    <section className="enter" id="enter" aria-labelledby="own" ref={enter}>
      <h2 className="h3" id="own">
        {t('front.account')}
      </h2>
      <EnterForm />
    </section>
  )
  return (
    <>
      <header className="top">
        <span className="brand">
          <BrandMark />
          <span>AIMake</span>
        </span>
        <div className="tail">
          <a className="btn bare" href="#enter" onClick={(event) => (event.preventDefault(), toEnter())}>
            {t('front.signIn')}
          </a>
          <Menu
            label={t('shell.language')}
            className="ib"
            items={() => <LanguageChoices chosen={language} onChoose={(next) => void switchLanguage(next)} />}
          >
            <Globe className="i" strokeWidth={1.75} aria-hidden="true" />
          </Menu>
        </div>
      </header>
      <main id="main">
        <div className="hero">
          <div>
            {left && (
              <div className="ended">
                <Notice>{t(`front.${left}`)}</Notice>
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
            <div className="make">
              <SourceText
                value={draft.text}
                label={t('front.box')}
                placeholder={t('front.placeholder')}
                describedBy="kept"
                {...(draft.text === '' ? {} : { lang: langTag(recognise(draft.text).language) })}
                onChange={(text) => changeDraft({ text })}
                onSend={toEnter}
                onFiles={() => setGaveFiles(true)}
              />
              <div className="bar">
                {config.data?.demo && <DemoButton />}
                <span className="sp" />
                <button type="button" className="btn go" onClick={toEnter}>
                  <PlayIcon />
                  {t('front.begin')}
                </button>
              </div>
            </div>
            {gaveFiles && <Notice>{t('front.filesLater')}</Notice>}
            <p className="meta kept" id="kept">
              {t('front.kept')}
            </p>
            <Ideas topics={config.data?.topics === true} />
          </div>
          {hasWorks && <FeaturedList episodes={featured.data ?? []} />}
          {!hasWorks && (featured.isPending ? <div className="awaited" /> : entrance)}
        </div>
        {hasWorks && <div className="band entrance">{entrance}</div>}
        <Promises />
      </main>
      <Footer />
    </>
  )
}
