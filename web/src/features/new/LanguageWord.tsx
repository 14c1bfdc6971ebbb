import { Menu } from '../../components/Menu.tsx'
import { Choice } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Language } from '../../lib/types.ts'

interface LanguageWordProps {
  chosen: Language | null
  now: Language
  onChoose: (language: Language | null) => void
}

export function LanguageWord({ chosen, now, onChoose }: LanguageWordProps) {
  const { t } = useTranslation()
  const options: readonly (Language | null)[] = [null, 'zh', 'en']
  return (
    <Menu
      label={`${t('make.languageMenu')}${t('shell.comma')}${t(`make.${now}`)}`}
      className="word"
      items={(close) =>
        options.map((option) => (
          <Choice key={option ?? 'auto'} value={option} chosen={chosen} onChoose={(next) => (onChoose(next), close())}>
            {t(`make.${option ?? 'auto'}`)}
          </Choice>
        ))
      }
    >
      {t(`make.${now}`)}
    </Menu>
  )
}
