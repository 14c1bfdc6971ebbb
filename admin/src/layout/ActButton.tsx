import { useAct } from './use-act.ts'
import type { Act } from './use-act.ts'

interface ActButtonProps extends Act {
  label: string
  className?: string
}

/** Does it at one press: for what can be undone by another one. */
export function ActButton({ label, className = 'button', ...act }: ActButtonProps) {
  const doing = useAct(act)
  return (
    <button type="button" className={className} disabled={doing.isPending} onClick={() => doing.mutate()}>
      {label}
    </button>
  )
}
