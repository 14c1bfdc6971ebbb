import './voice-sheet.css'
import { RovingFocus } from 'radix-ui/internal'
import { useLayoutEffect, useRef } from 'react'
import { Sheet } from '../components/Sheet.tsx'
import { useTranslation } from '../i18n/translation.ts'
import type { Voice } from '../lib/types.ts'
import { likedFirst } from '../lib/voices.ts'
import { VoiceRow } from './VoiceRow.tsx'

export interface VoiceSheetProps {
  /** Whose voice, as the heading says it. */
  title: string
  voices: readonly Voice[]
  chosen: string
  onChoose: (voiceId: string) => void
  onClose: () => void
}

/** All voices: hear them, see what they cost and what they need, take one. */
export default function VoiceSheet({ title, voices, chosen, onChoose, onClose }: VoiceSheetProps) {
  const { t } = useTranslation()
  const panel = useRef<HTMLDivElement>(null)
  // The sheet itself is open by now, with the focus on its way out.
  useLayoutEffect(() => panel.current?.querySelector<HTMLElement>('[aria-pressed="true"], .pick:enabled')?.focus(), [])
  const take = (voiceId: string) => {
    onChoose(voiceId)
    onClose()
  }
  const rows = (list: readonly Voice[]) =>
    list.map((voice) => <VoiceRow key={voice.id} voice={voice} chosen={voice.id === chosen} onTake={() => take(voice.id)} />)
  const locked = voices.filter(({ available }) => !available)
  return (
    <Sheet title={title} onClose={onClose}>
      <div className="voices" ref={panel}>
        <p className="meta">{t('voices.lead')}</p>
        <RovingFocus.Root orientation="vertical" loop>
          <ul>{rows(likedFirst(voices.filter(({ available }) => available)))}</ul>
          {locked.length > 0 && (
            <>
              <h3 className="h3">{t('voices.locked')}</h3>
              <p className="meta">{t('voices.lockedText')}</p>
              <ul>{rows(locked)}</ul>
            </>
          )}
        </RovingFocus.Root>
      </div>
    </Sheet>
  )
}
