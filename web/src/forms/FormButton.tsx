import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { soon, useOpening } from '../lib/on-demand.ts'
import type { Readable } from '../lib/on-demand.ts'

interface FormButtonProps {
  words: string
  /** Read before it opens. */
  form: Readable
  /** What is now, to the left of the button. */
  beside?: ReactNode
  /** Something was typed into it before. */
  begun?: boolean
  children: (close: () => void) => ReactNode
}

/** A button that gives way to its form. What forms stand on is read with the first that is opened: most come to look, not to change. */
export function FormButton({ words, form, beside, begun = false, children }: FormButtonProps) {
  const openWith = useOpening()
  const [isOpen, setOpen] = useState(begun)
  const button = useRef<HTMLButtonElement>(null)
  const opened = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    if (wasOpen.current === isOpen) return
    wasOpen.current = isOpen
    // To the first field, and back to where one was.
    const next = isOpen ? opened.current?.querySelector<HTMLElement>('input, textarea, select') : button.current
    next?.focus()
  }, [isOpen])
  const close = () => setOpen(false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) close()
  }
  return (
    <>
      {(beside !== undefined || !isOpen) && (
        <div className={beside === undefined ? 'opens' : 'row'}>
          {beside !== undefined && <span>{beside}</span>}
          {!isOpen && (
            <button
              ref={button}
              type="button"
              className="btn"
              onPointerEnter={soon(form)}
              onFocus={soon(form)}
              onClick={() => openWith(form, () => setOpen(true))}
            >
              {words}
            </button>
          )}
        </div>
      )}
      {isOpen && (
        <div ref={opened} className="opened" onKeyDown={onKeyDown}>
          {children(close)}
        </div>
      )}
    </>
  )
}
