import { Download, LogOut, MessageSquareQuote, SlidersHorizontal, UserRound } from 'lucide-react'
import { useLocation } from 'wouter'
import { Menu } from '../components/Menu.tsx'
import { Choices, Deed, Way } from '../components/MenuItems.tsx'
import { switchLanguage } from '../i18n/start.ts'
import { useTranslation } from '../i18n/translation.ts'
import { useRefusalWords } from '../lib/refusal-words.ts'
import type { Person } from '../lib/session.ts'
import { signOut } from '../lib/session.ts'
import { chooseTheme, useTheme } from '../lib/theme.ts'
import type { Theme } from '../lib/theme.ts'
import { showToast } from '../lib/toast.ts'
import { useUiLanguage } from '../lib/ui-language.ts'
import { LanguageChoices } from '../components/LanguageChoices.tsx'

const themes: readonly { value: Theme; name: 'themeSystem' | 'themeLight' | 'themeDark' }[] = [
  { value: 'system', name: 'themeSystem' },
  { value: 'light', name: 'themeLight' },
  { value: 'dark', name: 'themeDark' },
]

export function AccountMenu({ person }: { person: Person }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const language = useUiLanguage()
  const theme = useTheme()
  const say = useRefusalWords()
  const leave = () => signOut().catch((error: unknown) => showToast(say(error)))
  const initial = /./u.exec(person.name || person.email)?.[0].toUpperCase()
  return (
    <Menu
      label={t('shell.account')}
      className="ib"
      items={() => (
        <>
          <p className="group meta">{person.email}</p>
          <hr />
          <LanguageChoices chosen={language} onChoose={(next) => void switchLanguage(next)} />
          <hr />
          <Choices
            options={themes.map(({ value, name }) => ({ value, words: t(`shell.${name}`) }))}
            chosen={theme}
            onChoose={chooseTheme}
          />
          <hr />
          <Deed icon={<MessageSquareQuote className="i s" aria-hidden="true" />} onDo={() => go('/pronunciations')}>
            {t('shell.wordsMenu')}
          </Deed>
          <Deed icon={<Download className="i s" aria-hidden="true" />} onDo={() => go('/downloads')}>
            {t('shell.hearDownloads')}
          </Deed>
          <Deed icon={<UserRound className="i s" aria-hidden="true" />} onDo={() => go('/settings')}>
            {t('shell.accountMenu')}
          </Deed>
          {(person.role === 'admin' || person.role === 'support') && (
            <Way icon={<SlidersHorizontal className="i s" aria-hidden="true" />} href="/admin/">
              {t('shell.console')}
            </Way>
          )}
          <Deed icon={<LogOut className="i s" aria-hidden="true" />} onDo={() => void leave()}>
            {t('shell.signOut')}
          </Deed>
        </>
      )}
    >
      <span className="avatar">{initial}</span>
    </Menu>
  )
}
