import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { Draft } from '../../lib/draft.ts'
import type { Estimate } from '../../lib/types.ts'
import { useVoices, voicesFor } from '../../lib/voices.ts'
import type { Order } from './order.ts'
import { LanguageWord } from './LanguageWord.tsx'
import { LengthWord } from './LengthWord.tsx'
import { PeopleWord } from './PeopleWord.tsx'
import { VoiceWords } from './VoiceWords.tsx'

interface HowSentenceProps {
  order: Order
  estimate: Estimate
  draft: Draft
  onChange: (part: Partial<Omit<Draft, 'key'>>) => void
}

/** All options as one sentence: each underlined word opens a small menu. */
export function HowSentence({ order, estimate, draft, onChange }: HowSentenceProps) {
  const { t } = useTranslation()
  const voices = useVoices()
  const mine = voicesFor(voices.data ?? [], estimate.language)
  const speakers = estimate.speakers
  const words: Record<string, ReactNode> = {
    language: (
      <LanguageWord
        chosen={draft.language}
        now={estimate.language}
        onChoose={(language) => onChange({ language, speakers: null })}
      />
    ),
    people: (
      <PeopleWord
        speakers={speakers}
        voices={mine}
        language={estimate.language}
        onChoose={(next) => onChange({ speakers: next })}
      />
    ),
    length: <LengthWord minutes={draft.targetMinutes} onChoose={(targetMinutes) => onChange({ targetMinutes })} />,
    voices: (
      <VoiceWords speakers={speakers} voices={mine} named={order.asScript} onChoose={(next) => onChange({ speakers: next })} />
    ),
  }
  const changed = draft.language !== null || draft.speakers !== null || draft.targetMinutes !== null
  const preview = mine.some((voice) => voice.label === 'local preview' && speakers.some(({ voiceId }) => voiceId === voice.id))
  const sentence = order.kind === 'narration' ? 'sentenceNarration' : order.asScript ? 'sentenceScript' : 'sentencePodcast'
  return (
    <section className="how" aria-labelledby="how">
      <h2 className="h3" id="how">
        {t('make.how')}
      </h2>
      <p className="sentence">{fill(t(`make.${sentence}`), words)}</p>
      {preview && <p className="meta">{t('make.preview')}</p>}
      {changed && (
        <button
          type="button"
          className="btn bare"
          style={{ margin: '4px 0 0 -12px' }}
          onClick={() => onChange({ language: null, speakers: null, targetMinutes: null })}
        >
          {t('make.reset')}
        </button>
      )}
    </section>
  )
}

/** Languages order their words differently: `<people/>` stands wherever the sentence wants it. */
const fill = (sentence: string, words: Record<string, ReactNode>) =>
  sentence.split(/<(\w+)\/>/).map((part, index) => <span key={index}>{index % 2 === 1 ? words[part] : part}</span>)
