import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import type { Draft } from '../../lib/draft.ts'
import type { Language, Voice } from '../../lib/types.ts'
import { choosable } from '../../lib/voices.ts'
import type { Cast } from './cast.ts'
import type { Order } from './order.ts'
import { LanguageWord } from './LanguageWord.tsx'
import { LengthWord } from './LengthWord.tsx'
import { PeopleWord } from './PeopleWord.tsx'
import { VoiceWords } from './VoiceWords.tsx'

interface HowSentenceProps {
  order: Order
  language: Language
  cast: Cast
  /** Those that speak the language. */
  voices: readonly Voice[]
  draft: Draft
  onChange: (part: Partial<Omit<Draft, 'key'>>) => void
}

/** The choices that matter most as one sentence: each underlined word opens what there is to choose. */
export function HowSentence({ order, language, cast, voices, draft, onChange }: HowSentenceProps) {
  const { t } = useTranslation()
  const choose = (speakers: Cast) => onChange({ speakers })
  // Who wants company does not want a monologue.
  const chooseSize = (speakers: Cast) =>
    onChange({ speakers, ...(draft.format === 'monologue' && speakers.length > 1 ? { format: null } : {}) })
  const words: Record<string, ReactNode> = {
    language: (
      <LanguageWord chosen={draft.language} now={language} onChoose={(next) => onChange({ language: next, speakers: null })} />
    ),
    people: <PeopleWord speakers={cast} voices={choosable(voices)} language={language} onChoose={chooseSize} />,
    length: <LengthWord minutes={draft.targetMinutes} onChoose={(targetMinutes) => onChange({ targetMinutes })} />,
    voices: <VoiceWords speakers={cast} voices={voices} named={order.asScript} onChoose={choose} />,
  }
  const preview = voices.some(({ id, label }) => label === 'local preview' && cast.some(({ voiceId }) => voiceId === id))
  const sentence = order.kind === 'narration' ? 'sentenceNarration' : order.asScript ? 'sentenceScript' : 'sentencePodcast'
  return (
    <>
      <p className="sentence">{fill(t(`make.${sentence}`), words)}</p>
      {preview && <p className="meta">{t('make.preview')}</p>}
    </>
  )
}

/** Languages order their words differently: `<people/>` stands wherever the sentence wants it. */
const fill = (sentence: string, words: Record<string, ReactNode>) =>
  sentence.split(/<(\w+)\/>/).map((part, index) => <span key={index}>{index % 2 === 1 ? words[part] : part}</span>)
