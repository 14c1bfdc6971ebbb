import { Menu } from 'radix-ui/internal'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { MenuParts } from '../components/MenuItems.tsx'

interface MenuPanelProps {
  id: string
  label: string
  /** What opened it: it opens beside it, and gives the focus back to it. */
  button: RefObject<HTMLButtonElement | null>
  onClose: () => void
  children: ReactNode
}

/** What a menu button opens: below it where there is room, else above; never outside the window. */
export default function MenuPanel({ id, label, button, onClose, children }: MenuPanelProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    // The keys of the page and of the form around are not meant.
    event.stopPropagation()
    if (event.key === 'Tab') onClose()
  }
  return (
    <Menu.Root open modal={false} onOpenChange={onClose}>
      <Menu.Anchor virtualRef={button} />
      <Menu.Portal>
        <Menu.Content
          id={id}
          className="menu"
          aria-label={label}
          align={isRight(button.current) ? 'end' : 'start'}
          sideOffset={6}
          collisionPadding={12}
          loop
          onKeyDown={onKeyDown}
          // A press on the button closes it by itself; both together would open it again.
          onInteractOutside={(event) => button.current?.contains(event.target as Node) && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // What the choice called up may have it already.
            if (document.activeElement === document.body) button.current?.focus({ preventScroll: true })
          }}
        >
          <MenuParts.Provider value={Menu}>
            <StartingAtTheChosen>{children}</StartingAtTheChosen>
          </MenuParts.Provider>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}

function isRight(button: HTMLElement | null) {
  const { left = 0, width = 0 } = button?.getBoundingClientRect() ?? {}
  return left + width / 2 > innerWidth / 2
}

/** The focus is on what holds now, else on the first: one sees where one is, and the next key counts. */
function StartingAtTheChosen({ children }: { children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-checked="true"]')
    const first = list.current?.querySelector<HTMLElement>('[role^="menuitem"]')
    ;(chosen ?? first)?.focus({ preventScroll: true })
  }, [])
  return (
    <div ref={list} role="presentation">
      {children}
    </div>
  )
}
