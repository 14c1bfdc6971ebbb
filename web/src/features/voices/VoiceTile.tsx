import { Star } from 'lucide-react'
import { useState } from 'react'
import { Parts } from '../../components/Parts.tsx'
import { SampleButton } from '../../components/SampleButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Voice } from '../../lib/types.ts'
import { likeVoice, voiceLabel, voiceName, voicePrice } from '../../lib/voices.ts'

/** One voice of the gallery: hear it, read what it is and costs, star it. */
export function VoiceTile({ voice }: { voice: Voice }) {
  const translation = useTranslation()
  const { t, language } = translation
  const say = useRefusalWords()
  const [trouble, setTrouble] = useState<string | null>(null)
  const name = voiceName(voice, language)
  const label = t(voice.favourite ? 'voices.unstar' : 'voices.star', { name })
  const gender = voice.gender === 'female' || voice.gender === 'male' ? t(`voices.${voice.gender}`) : undefined
  const spoken = (['zh', 'en'] as const).filter((one) => voice.languages.some((tag) => tag.startsWith(one)))
  const like = () => likeVoice(voice.id, !voice.favourite).catch((error: unknown) => showToast(say(error)))
  return (
    <li className="vt">
      <SampleButton voice={voice} onTrouble={setTrouble} />
      <div className="vb">
        <h3 className="n">{name}</h3>
        <p className="meta">
          <Parts>
            {gender}
            {spoken.map((one) => t(`voices.${one}`))}
            {voiceLabel(voice, t)}
            {voice.needsKey !== null && t('voices.needsKey', { key: voice.needsKey })}
            {voice.available && voice.sample === 'none' && t('voices.noSampleYet')}
          </Parts>
        </p>
        {trouble !== null && (
          <p className="meta" role="alert">
            {trouble}
          </p>
        )}
        <span className="pr">{voicePrice(voice, translation)}</span>
      </div>
      <button
        type="button"
        className={voice.favourite ? 'ib star on' : 'ib star'}
        title={label}
        aria-label={label}
        onClick={() => void like()}
      >
        <Star className="i" strokeWidth={1.75} fill={voice.favourite ? 'currentColor' : 'none'} aria-hidden="true" />
      </button>
    </li>
  )
}
