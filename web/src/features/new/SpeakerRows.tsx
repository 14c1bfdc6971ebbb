import { ChevronDown, Plus, X } from 'lucide-react'
import { SpeakerMark } from '../../components/Icons.tsx'
import { SampleButton } from '../../components/SampleButton.tsx'
import { VoicePicker } from '../../components/VoicePicker.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { showToast } from '../../lib/toast.ts'
import type { Language, Voice } from '../../lib/types.ts'
import { choosable, voiceName, voicePrice } from '../../lib/voices.ts'
import type { Cast } from './cast.ts'
import { castSizes, resize, withSpeaker } from './cast.ts'
import type { Order } from './order.ts'

interface SpeakerRowsProps {
  order: Order
  /** One voice, and no more of them. */
  alone: boolean
  language: Language
  cast: Cast
  voices: readonly Voice[]
  onChange: (cast: Cast) => void
}

/** Who speaks, what they are like, and with which voice. The names of a finished script are its own. */
export function SpeakerRows({ order, alone, language, cast, voices, onChange }: SpeakerRowsProps) {
  const { t } = useTranslation()
  const most = alone ? 1 : castSizes.length
  return (
    <>
      <ul className="spks">
        {cast.map((speaker, index) => (
          <li className="spk" key={index}>
            <SpeakerMark speaker={index + 1} />
            {order.kind === 'podcast' && (
              <label className="field name" lang={langTag(language)}>
                <span className="vh">{t('make.speakerName', { number: index + 1 })}</span>
                <input
                  value={speaker.name}
                  maxLength={40}
                  readOnly={order.asScript}
                  onChange={(event) => onChange(withSpeaker(cast, index, { name: event.currentTarget.value }))}
                />
              </label>
            )}
            <VoiceField
              speaker={speaker}
              voices={voices}
              onChoose={(voiceId) => onChange(withSpeaker(cast, index, { voiceId }))}
            />
            {order.written && (
              <label className="field role" lang={langTag(language)}>
                <span className="vh">{t('make.speakerRole', { name: speaker.name })}</span>
                <input
                  value={speaker.role ?? ''}
                  maxLength={200}
                  placeholder={t('make.rolePlaceholder')}
                  onChange={(event) => onChange(withSpeaker(cast, index, { role: event.currentTarget.value }))}
                />
              </label>
            )}
            {order.written && cast.length > 1 && (
              <button
                type="button"
                className="ib"
                title={t('make.removeSpeaker', { name: speaker.name })}
                aria-label={t('make.removeSpeaker', { name: speaker.name })}
                onClick={() => onChange(cast.filter((_, at) => at !== index))}
              >
                <X className="i" strokeWidth={1.75} aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {order.written && cast.length < most && (
        <button
          type="button"
          className="btn bare"
          onClick={() => onChange(resize(cast, cast.length + 1, choosable(voices), language))}
        >
          <Plus className="i" strokeWidth={1.75} aria-hidden="true" />
          {t('make.addSpeaker')}
        </button>
      )}
    </>
  )
}

interface VoiceFieldProps {
  speaker: Cast[number]
  voices: readonly Voice[]
  onChoose: (voiceId: string) => void
}

/** The voice that is chosen, with what it costs and how it sounds; pressed, it opens all others. */
function VoiceField({ speaker: { name, voiceId }, voices, onChoose }: VoiceFieldProps) {
  const translation = useTranslation()
  const { t, language } = translation
  const voice = voices.find(({ id }) => id === voiceId)
  const shown = voice ? voiceName(voice, language) : t('make.chooseVoice')
  const price = voice ? voicePrice(voice, translation) : ''
  return (
    <span className="voice">
      <VoicePicker
        title={t('make.voiceMenu', { name })}
        label={`${t('make.voiceMenu', { name })}${t('shell.comma')}${shown} ${price}`.trim()}
        className="field"
        voices={voices}
        chosen={voiceId}
        onChoose={onChoose}
      >
        <b>{shown}</b> {price !== '' && <span className="meta">{price}</span>}
        <ChevronDown className="i s" aria-hidden="true" />
      </VoicePicker>
      {voice && <SampleButton voice={voice} onTrouble={(words) => words !== null && showToast(words)} />}
    </span>
  )
}
