import { Fragment } from 'react'
import { VoicePicker } from '../../components/VoicePicker.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Voice } from '../../lib/types.ts'
import { voiceName } from '../../lib/voices.ts'
import type { Cast } from './cast.ts'
import { withSpeaker } from './cast.ts'

interface VoiceWordsProps {
  speakers: Cast
  voices: readonly Voice[]
  /** Say whose voice it is: the names of a script matter. */
  named: boolean
  onChoose: (cast: Cast) => void
}

export function VoiceWords({ speakers, voices, named, onChoose }: VoiceWordsProps) {
  const { t, language } = useTranslation()
  const nameOf = (id: string) => {
    const voice = voices.find((one) => one.id === id)
    return voice ? voiceName(voice, language) : id
  }
  // A button is outside the gaps that the browser puts between Chinese and Latin words by itself.
  const gapAt = (id: string) => (/^\p{Script=Latin}/u.test(nameOf(id)) ? ' ' : '')
  return speakers.map(({ name, voiceId }, index) => {
    const before = speakers[index - 1]
    const isLast = before !== undefined && !named && index === speakers.length - 1
    return (
      <Fragment key={index}>
        {isLast ? gapAt(before.voiceId) + t('make.and') : before && t('make.listComma')}
        {!named && (isLast || !before) && gapAt(voiceId)}
        <span className="nw">
          {named && t('make.named', { name }) + gapAt(voiceId)}
          <VoicePicker
            title={t('make.voiceMenu', { name })}
            label={`${t('make.voiceMenu', { name })}${t('shell.comma')}${nameOf(voiceId)}`}
            className="word"
            voices={voices}
            chosen={voiceId}
            onChoose={(next) => onChoose(withSpeaker(speakers, index, { voiceId: next }))}
          >
            {nameOf(voiceId)}
          </VoicePicker>
        </span>
      </Fragment>
    )
  })
}
