import './voice-sheet.css'
import { X } from 'lucide-react'
import { RovingFocus } from 'radix-ui/internal'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import type { Voice } from '../lib/types.ts'
import { likedFirst } from '../lib/voices.ts'
import { VoiceRow } from './VoiceRow.tsx'
import { useOwnId } from '../lib/use-own-id.ts'

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
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useOwnId()
  // Closed before it is taken away: only then the focus goes back to the button.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>('[aria-pressed="true"], .pick:enabled')?.focus()
    return () => element?.close()
  }, [])
  const take = (voiceId: string) => {
    onChoose(voiceId)
    onClose()
  }
  const rows = (list: readonly Voice[]) =>
    list.map((voice) => <VoiceRow key={voice.id} voice={voice} chosen={voice.id === chosen} onTake={() => take(voice.id)} />)
  const locked = voices.filter(({ available }) => !available)
  return (
    <dialog
      ref={dialog}
      className="ask voices"
      aria-labelledby={id}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="ib" aria-label={t('shell.close')} title={t('shell.close')} onClick={onClose}>
          <X className="i" strokeWidth={1.75} aria-hidden="true" />
        </button>
      </header>
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
    </dialog>
  )
}
