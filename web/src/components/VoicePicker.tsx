import { Suspense, lazy, useState } from 'react'
import type { ReactNode } from 'react'
import type { VoiceSheetProps } from '../controls/VoiceSheet.tsx'

// Read when it is first opened: most people take the voices they are given.
const VoiceSheet = lazy(() => import('../controls/VoiceSheet.tsx'))

interface VoicePickerProps extends Omit<VoiceSheetProps, 'onClose'> {
  /** What the button is called; it shows `children`. */
  label: string
  className: string
  children: ReactNode
}

/** A button that opens the sheet of voices. */
export function VoicePicker({ label, className, children, ...sheet }: VoicePickerProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={className} aria-label={label} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {children}
      </button>
      <Suspense>{open && <VoiceSheet {...sheet} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
