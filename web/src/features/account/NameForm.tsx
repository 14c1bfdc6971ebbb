import check, { most } from 'api-check:patch/api/account'
import { FormActs } from '../../forms/FormActs.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { useDeed } from './use-deed.ts'

/** Another name. */
export function NameForm({ name, onClose }: { name: string; onClose: () => void }) {
  const { t, language } = useTranslation()
  const { isBusy, run } = useDeed()
  const form = useApiForm({ check, start: { name }, bodyOf: (typed) => ({ language, name: typed.name.trim() }) })
  const change = async (body: object) => {
    if (await run(() => ask('/api/account', { method: 'PATCH', body }), t('account.saved'))) onClose()
  }
  return (
    <form noValidate onSubmit={form.sends(change)}>
      <Field form={form} name="name" label={t('account.name')} autoComplete="name" most={most['name']} />
      <FormActs words={t('account.save')} isBusy={isBusy} onClose={onClose} />
    </form>
  )
}
