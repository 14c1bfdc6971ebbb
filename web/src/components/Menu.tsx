import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { placeMenu } from '../lib/place-menu.ts'
import { useOwnId } from '../lib/use-own-id.ts'

interface MenuProps {
  /** What the button says. */
  children: ReactNode
  label: string
  className: string
  title?: string
  items: (close: () => void) => ReactNode
}

/** A button that opens a small menu: arrow keys, Escape, a click elsewhere. */
export function Menu({ children, label, className, title, items }: MenuProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useOwnId()

  useLayoutEffect(() => {
    const opener = button.current
    if (!open || !opener || !panel.current) return undefined
    const place = () => panel.current && placeMenu(opener, panel.current)
    place()
    entries(panel.current)
      .find((entry) => entry.ariaChecked === 'true')
      ?.focus({ preventScroll: true })
    if (!panel.current.contains(document.activeElement)) entries(panel.current)[0]?.focus({ preventScroll: true })
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
      // What the choice called up may have it already.
      if (document.activeElement === document.body) opener.focus({ preventScroll: true })
    }
  }, [open])

  useEffect(() => {
    if (!open) return undefined
    const elsewhere = (event: PointerEvent) => {
      const at = event.target as Node
      if (!panel.current?.contains(at) && !button.current?.contains(at)) setOpen(false)
    }
    addEventListener('pointerdown', elsewhere)
    return () => removeEventListener('pointerdown', elsewhere)
  }, [open])

  const close = () => setOpen(false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!panel.current || !moveFocus(event.key, entries(panel.current), close)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        title={title}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open &&
        createPortal(
          <div ref={panel} id={id} className="menu" role="menu" aria-label={label} onKeyDown={onKeyDown}>
            {items(close)}
          </div>,
          document.body,
        )}
    </>
  )
}

const entries = (panel: HTMLElement) => [...panel.querySelectorAll<HTMLElement>('[role^="menuitem"]')]

function moveFocus(key: string, list: HTMLElement[], close: () => void): boolean {
  const at = list.indexOf(document.activeElement as HTMLElement)
  if (key === 'Escape' || key === 'Tab') close()
  else if (key === 'ArrowDown') list[(at + 1) % list.length]?.focus()
  else if (key === 'ArrowUp') list[(at - 1 + list.length) % list.length]?.focus()
  else if (key === 'Home') list[0]?.focus()
  else if (key === 'End') list.at(-1)?.focus()
  else return false
  return true
}
