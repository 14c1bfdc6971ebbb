import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Confirm, useNotify, useTranslate } from 'react-admin'
import { useErrorWords } from '../layout/use-error-words.ts'
import { request } from '../request.ts'

/** The kill switch. Asks first, in both directions: the one holds everybody up, the other spends money. */
export function SpendingSwitch({ stopped, onChanged }: { stopped: boolean; onChanged: () => void }) {
  const t = useTranslate()
  const notify = useNotify()
  const words = useErrorWords()
  const [asking, setAsking] = useState(false)
  const change = useMutation({
    mutationFn: () => request('/admin/settings', { method: 'PATCH', body: { spendingStopped: !stopped } }),
    onSuccess: () => notify(stopped ? 'console.spending.now_allowed' : 'console.spending.now_stopped'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: () => {
      setAsking(false)
      onChanged()
    },
  })
  const which = stopped ? 'allow' : 'stop'
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {t(`console.spending.${which}`)}
      </button>
      <Confirm
        isOpen={asking}
        loading={change.isPending}
        title={t(`console.spending.${which}_title`)}
        content={t(`console.spending.${which}_body`)}
        confirm={`console.spending.${which}`}
        cancel="console.spending.not_now"
        ConfirmIcon={Nothing}
        CancelIcon={Nothing}
        onConfirm={() => change.mutate()}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

/** The dialog's buttons are words enough. */
const Nothing = () => null
