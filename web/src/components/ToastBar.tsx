import { useEffect, useState } from 'react'
import { hideToast, useToast } from '../lib/toast.ts'

const shownMs = 8_000

/** What just happened, with a way back. Waits while the pointer or the focus is on it. */
export function ToastBar({ high }: { high: boolean }) {
  const toast = useToast()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!toast || held) return undefined
    const timer = setTimeout(hideToast, shownMs)
    return () => clearTimeout(timer)
  }, [toast, held])

  const act = () => {
    toast?.act?.run()
    setHeld(false)
    hideToast()
  }
  return (
    <div role="status">
      {toast && (
        <div
          key={toast.id}
          className={high ? 'toast high' : 'toast'}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <p>{toast.words}</p>
          {toast.act && (
            <button type="button" onClick={act}>
              {toast.act.words}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
