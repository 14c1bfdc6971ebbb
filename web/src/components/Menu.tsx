import { Suspense, lazy, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import { showToast } from '../lib/toast.ts'
import { useOwnId } from '../lib/use-own-id.ts'

// Menus would be a third of what a page loads first, and few open one: it is read when a hand comes near.
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
  const { t } = useTranslation()
  const toggle = () => {
    if (open) return setOpen(false)
    void read().then(
      () => setOpen(true),
      () => showToast(t('problems.noConnection')),
    )
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
        onPointerEnter={readAhead}
        onFocus={readAhead}
        onClick={toggle}
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
