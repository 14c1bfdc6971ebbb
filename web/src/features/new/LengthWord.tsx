import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'

interface LengthWordProps {
  minutes: number | null
  onChoose: (minutes: number | null) => void
}

const offered = [null, 2, 3, 5, 8, 12, 20, 30]

export function LengthWord({ minutes, onChoose }: LengthWordProps) {
  const { t } = useTranslation()
  const words = (value: number | null) => (value === null ? t('make.lengthAuto') : t('make.length', { minutes: value }))
  return (
    <Menu
      label={`${t('make.lengthMenu')}${t('shell.comma')}${words(minutes)}`}
      className="word"
      items={() => (
        <Choices options={offered.map((value) => ({ value, words: words(value) }))} chosen={minutes} onChoose={onChoose} />
      )}
    >
      {words(minutes)}
    </Menu>
  )
}
