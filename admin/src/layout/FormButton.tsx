import { Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslate } from 'react-admin'
import { useAct } from './use-act.ts'
import type { Act } from './use-act.ts'

interface FormButtonProps extends Omit<Act, 'act'> {
  label: string
  title: string
  lead?: string
  /** The button that does it. */
  confirm: string
  /** Undefined: what is typed cannot be sent. */
  act: (() => Promise<unknown>) | undefined
  children: ReactNode
}

/** A button that asks for a few things in a dialog. A refusal leaves it open, with what was typed. */
export function FormButton({ label, title, lead, confirm, act, done, after, children }: FormButtonProps) {
  const t = useTranslate()
  const [open, setOpen] = useState(false)
  const id = useId()
  const close = () => setOpen(false)
  const doing = useAct({ act: async () => (await act?.(), close()), done, after })
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {label}
      </button>
      <Dialog open={open} onClose={close} aria-labelledby={id} fullWidth maxWidth="xs">
        <form
          className="dialog-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (act) doing.mutate()
          }}
        >
          <DialogTitle id={id}>{title}</DialogTitle>
          <DialogContent>
            {lead && <p className="two">{lead}</p>}
            {children}
          </DialogContent>
          <DialogActions>
            <button type="button" className="button bare" onClick={close}>
              {t('console.not_now')}
            </button>
            <button type="submit" className="button ink" disabled={!act || doing.isPending}>
              {confirm}
            </button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  )
}
