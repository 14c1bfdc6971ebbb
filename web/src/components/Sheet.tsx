import './sheet.css'
import { X } from 'lucide-react'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from '../i18n/translation.ts'
import { useOwnId } from '../lib/use-own-id.ts'

interface SheetProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** A wide one, for two texts side by side. */
  wide?: boolean
}

/** A panel above the page: from below on a phone, in the middle where there is room. Back, Escape and a press beside it close it. */
export function Sheet({ title, onClose, children, wide = false }: SheetProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useOwnId()
  // Closed before it is taken away: only then the focus goes back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useBackCloses(onClose)
  return createPortal(
    <dialog
      ref={dialog}
      className={wide ? 'ask sheet wider' : 'ask sheet'}
      aria-labelledby={id}
      onCancel={(event) => (event.preventDefault(), onClose())}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="ib" aria-label={t('shell.close')} title={t('shell.close')} onClick={onClose}>
          <X className="i" strokeWidth={1.75} aria-hidden="true" />
        </button>
      </header>
      {children}
    </dialog>,
    document.body,
  )
}

interface SheetEntry {
  sheet?: number
}

const depthNow = () => (history.state as SheetEntry | null)?.sheet ?? 0

/** On a phone the way out of a panel is "back": it must not leave the page. A panel over a panel is an entry over an entry. */
function useBackCloses(onClose: () => void) {
  const close = useEffectEvent(onClose)
  const entry = useRef<{ depth: number; leaving?: ReturnType<typeof setTimeout> } | null>(null)
  useEffect(() => {
    // In development effects run twice: the entry that was about to go stays.
    if (entry.current) clearTimeout(entry.current.leaving)
    else {
      entry.current = { depth: depthNow() + 1 }
      // The page must stay where it is when the panel goes.
      history.scrollRestoration = 'manual'
      history.pushState({ ...(history.state as SheetEntry | null), sheet: entry.current.depth }, '')
    }
    const mine = entry.current
    const onBack = () => depthNow() < mine.depth && close()
    addEventListener('popstate', onBack)
    return () => {
      removeEventListener('popstate', onBack)
      mine.leaving = setTimeout(() => {
        entry.current = null
        if (depthNow() === mine.depth) history.back()
        if (depthNow() <= 1) setTimeout(() => (history.scrollRestoration = 'auto'), 300)
      })
    }
  }, [])
}
