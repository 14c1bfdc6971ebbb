import { Fragment } from 'react'
import { Menu } from '../../components/Menu.tsx'
import { Choice } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Voice } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { voiceLabel, voiceName } from '../../lib/voices.ts'
import type { Cast } from './cast.ts'
import { withVoice } from './cast.ts'

interface VoiceWordsProps {
  speakers: Cast
  voices: readonly Voice[]
  /** Say whose voice it is: the names of a script matter. */
  named: boolean
  onChoose: (cast: Cast) => void
}

export function VoiceWords({ speakers, voices, named, onChoose }: VoiceWordsProps) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const nameOf = (id: string) => {
    const voice = voices.find((one) => one.id === id)
    return voice ? voiceName(voice, language) : id
  }
  return speakers.map(({ name, voiceId }, index) => (
    <Fragment key={name}>
      {index > 0 && (index === speakers.length - 1 && !named ? t('make.and') : t('make.listComma'))}
      <span className="nw">
        {named && t('make.named', { name })}
        <Menu
          label={`${t('make.voiceMenu', { name })}${t('shell.comma')}${nameOf(voiceId)}`}
          className="word"
          items={(close) =>
            voices.map((voice) => (
              <Choice
                key={voice.id}
                value={voice.id}
                chosen={voiceId}
                note={voiceLabel(voice, t)}
                onChoose={(next) => (onChoose(withVoice(speakers, index, next)), close())}
              >
                {voiceName(voice, language)}
              </Choice>
            ))
          }
        >
          {nameOf(voiceId)}
        </Menu>
      </span>
    </Fragment>
  ))
}
