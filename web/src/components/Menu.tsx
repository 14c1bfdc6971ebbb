import { Suspense, lazy, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useOwnId } from '../lib/use-own-id.ts'

// Half of what a page loads first would be for menus that few open: it is read when a hand comes near one.
const read = () => import('../controls/MenuPanel.tsx')
const MenuPanel = lazy(read)
const readAhead = () => void read().catch(() => undefined)

interface MenuProps {
  /** What the button says. */
  children: ReactNode
  label: string
  className: string
  title?: string
  /** Choices, deeds and ways; each of them closes the menu. */
  items: () => ReactNode
}

/** A button that opens a small menu. */
export function Menu({ children, label, className, title, items }: MenuProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useOwnId()
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
        onPointerEnter={readAhead}
        onFocus={readAhead}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      <Suspense>
        {open && (
          <MenuPanel id={id} label={label} button={button} onClose={() => setOpen(false)}>
            {items()}
          </MenuPanel>
        )}
      </Suspense>
    </>
  )
}
