import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { castKey } from '../../lib/cast-key.ts'
import type { Language, Voice } from '../../lib/types.ts'
import type { Cast } from './cast.ts'
import { castSizes, resize } from './cast.ts'

interface PeopleWordProps {
  speakers: Cast
  voices: readonly Voice[]
  language: Language
  onChoose: (cast: Cast) => void
}

export function PeopleWord({ speakers, voices, language, onChoose }: PeopleWordProps) {
  const { t } = useTranslation()
  const size = speakers.length
  const words = t(`make.people.${castKey(size)}`)
  return (
    <Menu
      label={`${t('make.peopleMenu')}${t('shell.comma')}${words}`}
      className="word"
      items={() => (
        <Choices
          options={castSizes.map((value) => ({ value, words: t(`make.people.${castKey(value)}`) }))}
          chosen={size}
          onChoose={(next) => onChoose(resize(speakers, next, voices, language))}
        />
      )}
    >
      {words}
    </Menu>
  )
}
