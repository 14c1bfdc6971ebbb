import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
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
      items={() => (
        <Choices
          options={options.map((value) => ({ value, words: t(`make.${value ?? 'auto'}`) }))}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
    >
      {t(`make.${now}`)}
    </Menu>
  )
}
