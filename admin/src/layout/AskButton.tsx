import { useState } from 'react'
import { Confirm } from 'react-admin'
import { useAct } from './use-act.ts'
import type { Act } from './use-act.ts'

interface AskButtonProps extends Act {
  label: string
  title: string
  /** What will happen, and what it costs. */
  body: string
  confirm: string
  cancel?: string
  className?: string
}

/** Asks before it does it: for what costs money, holds somebody up, or cannot be taken back. */
export function AskButton({ label, title, body, confirm, cancel, className = 'button', after, ...act }: AskButtonProps) {
  const [asking, setAsking] = useState(false)
  const doing = useAct({
    ...act,
    after: () => {
      setAsking(false)
      after?.()
    },
  })
  return (
    <>
      <button type="button" className={className} onClick={() => setAsking(true)}>
        {label}
      </button>
      <Confirm
        isOpen={asking}
        loading={doing.isPending}
        title={title}
        content={body}
        confirm={confirm}
        cancel={cancel ?? 'console.not_now'}
        ConfirmIcon={Nothing}
        CancelIcon={Nothing}
        onConfirm={() => doing.mutate()}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

/** The dialog's buttons are words enough. */
const Nothing = () => null
