import { Square } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import { useRefusalWords } from '../lib/refusal-words.ts'
import type { Voice } from '../lib/types.ts'
import { playSample, stopSample, useTrial } from '../lib/voice-samples.ts'
import { voiceName } from '../lib/voices.ts'
import { PlayIcon, VoicingBars } from './Icons.tsx'

interface SampleButtonProps {
  voice: Voice
  /** Why it could not be heard; null: that is over. */
  onTrouble: (words: string | null) => void
}

/** Lets one hear a voice; where nobody has paid for a sentence yet it says so. */
export function SampleButton({ voice, onTrouble }: SampleButtonProps) {
  const { t, language } = useTranslation()
  const say = useRefusalWords()
  const trial = useTrial()
  const mine = trial?.voiceId === voice.id
  useEffect(() => () => stopSample(), [])
  const name = voiceName(voice, language)
  const silent = voice.sample === 'none'
  const label = silent
    ? t('voices.noSample', { name })
    : mine
      ? t(trial.sounds ? 'voices.stop' : 'voices.making', { name })
      : t('voices.hear', { name })
  const press = () => {
    onTrouble(null)
    if (mine) stopSample()
    else playSample(voice).catch((error: unknown) => onTrouble(say(error)))
  }
  return (
    <button
      type="button"
      className={mine && trial.sounds ? 'playb' : 'playb quiet'}
      disabled={silent}
      title={label}
      aria-label={label}
      onClick={press}
    >
      {mine && !trial.sounds ? (
        <VoicingBars />
      ) : mine ? (
        <Square className="i s" fill="currentColor" aria-hidden="true" />
      ) : (
        <PlayIcon />
      )}
    </button>
  )
}
