import { useTranslate } from 'react-admin'
import { AskButton } from '../layout/AskButton.tsx'
import { request } from '../request.ts'

/** The kill switch. Asks first, in both directions: the one holds everybody up, the other spends money. */
export function SpendingSwitch({ stopped, onChanged }: { stopped: boolean; onChanged: () => void }) {
  const t = useTranslate()
  const which = stopped ? 'allow' : 'stop'
  return (
    <AskButton
      label={t(`console.spending.${which}`)}
      title={t(`console.spending.${which}_title`)}
      body={t(`console.spending.${which}_body`)}
      confirm={t(`console.spending.${which}`)}
      act={() => request('/admin/settings', { method: 'PATCH', body: { spendingStopped: !stopped } })}
      done={stopped ? 'console.spending.now_allowed' : 'console.spending.now_stopped'}
      after={onChanged}
    />
  )
}
