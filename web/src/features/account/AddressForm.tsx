import check, { most } from 'api-check:#EmailChange'
import { FormActs } from '../../forms/FormActs.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useDeed } from './use-deed.ts'

/** Another address: it counts once both inboxes have agreed. */
export function AddressForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({ check, start: { newEmail: '' }, words: { newEmail: t('front.emailBad') } })
  const change = async (body: object) => {
    if (await run(() => ask('/api/auth/change-email', { method: 'POST', body }), t('account.mailSent'))) onClose()
  }
  return (
    <form noValidate onSubmit={form.sends(change)}>
      <Field
        form={form}
        name="newEmail"
        label={t('account.newAddress')}
        type="email"
        autoComplete="email"
        hint={t('account.changeNote')}
        most={most['newEmail']}
      />
      <FormActs words={t('account.changeAddress')} isBusy={isBusy} onClose={onClose} />
    </form>
  )
}
