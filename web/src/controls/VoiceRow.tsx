import { Check } from 'lucide-react'
import { RovingFocus } from 'radix-ui/internal'
import { useState } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import type { Voice } from '../lib/types.ts'
import { providerName, voiceLabel, voiceName, voicePrice } from '../lib/voices.ts'
import { Parts } from '../components/Parts.tsx'
import { SampleButton } from '../components/SampleButton.tsx'

interface VoiceRowProps {
  voice: Voice
  chosen: boolean
  onTake: () => void
}

/** One voice: hear it, read who makes it and what it costs, take it. */
export function VoiceRow({ voice, chosen, onTake }: VoiceRowProps) {
  const translation = useTranslation()
  const { t, language } = translation
  const [trouble, setTrouble] = useState<string | null>(null)
  const gender = voice.gender === 'female' || voice.gender === 'male' ? t(`voices.${voice.gender}`) : undefined
  return (
    <li className="vc">
      <SampleButton voice={voice} onTrouble={setTrouble} />
      <RovingFocus.Item asChild focusable={voice.available} active={chosen}>
        <button type="button" className="pick" aria-pressed={chosen} disabled={!voice.available} onClick={onTake}>
          <span className="nm">
            <b>{voiceName(voice, language)}</b>
            {chosen && <Check className="i s" aria-hidden="true" />}
          </span>
          <span className="meta">
            <Parts>
              {gender}
              {voiceLabel(voice, t)}
              {voice.needsKey !== null && t('voices.needsKey', { key: voice.needsKey })}
              {voice.available && voice.sample === 'none' && t('voices.noSampleYet')}
            </Parts>
          </span>
          <span className="pr">
            <span className="meta">{providerName(voice, t)}</span>
            <span>{voicePrice(voice, translation)}</span>
          </span>
        </button>
      </RovingFocus.Item>
      {trouble !== null && (
        <p className="meta" role="alert">
          {trouble}
        </p>
      )}
    </li>
  )
}
