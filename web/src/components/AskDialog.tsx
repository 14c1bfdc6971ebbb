import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from '../i18n/translation.ts'
import { useOwnId } from '../lib/use-own-id.ts'

interface AskDialogProps {
  title: string
  text: string
  yes: string
  no?: string
  onYes: () => void
  onClose: () => void
}

/** Asks once, in words that say what stays and what ends. */
export function AskDialog({ title, text, yes, no, onYes, onClose }: AskDialogProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useOwnId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return createPortal(
    <dialog
      ref={dialog}
      className="ask"
      aria-labelledby={id}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <h2 id={id}>{title}</h2>
      <p className="two">{text}</p>
      <div className="acts">
        <button type="button" className="btn ink" onClick={onYes}>
          {yes}
        </button>
        <button type="button" className="btn bare" onClick={onClose}>
          {no ?? t('shell.cancel')}
        </button>
      </div>
    </dialog>,
    document.body,
  )
}
