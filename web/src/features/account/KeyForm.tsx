import check, { most } from 'api-check:post/api/keys'
import { FormActs } from '../../forms/FormActs.tsx'
import { Field } from '../../forms/Field.tsx'
import { WrongLine } from '../../forms/WrongLine.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { Account, MadeApiKey } from '../../lib/types.ts'
import { useOwnId } from '../../lib/use-own-id.ts'
import { useDeed } from './use-deed.ts'

const scopes = ['read', 'write', 'create'] as const

interface KeyFormProps {
  account: Account
  onMade: (key: MadeApiKey) => void
  onClose: () => void
}

/** A new key for a program: what for, what it may do, how long. */
export function KeyForm({ account, onMade, onClose }: KeyFormProps) {
  const { t } = useTranslation()
  const { isBusy, run } = useDeed()
  const offered = account.role === 'user' ? scopes : ([...scopes, 'admin'] as const)
  const wrongScopes = useOwnId()
  const form = useApiForm({
    check,
    start: { name: '', scopes: ['read'], expiresInDays: '' },
    bodyOf: ({ name, scopes: may, expiresInDays: days }) => ({
      name: name.trim(),
      scopes: may,
      ...(days === '' ? {} : { expiresInDays: Number(days) }),
    }),
  })
  const make = async (body: object) => {
    if (await run(async () => onMade(await ask<MadeApiKey>('/api/keys', { method: 'POST', body })))) onClose()
  }
  return (
    <form noValidate onSubmit={form.sends(make)}>
      <Field form={form} name="name" label={t('account.keyName')} autoComplete="off" most={most['name']} />
      <div>
        <fieldset aria-describedby={wrongScopes}>
          <legend>{t('account.scopes')}</legend>
          {offered.map((scope) => (
            <label key={scope}>
              <input type="checkbox" value={scope} {...form.register('scopes')} />
              <span>{t(`account.scope.${scope}`)}</span>
            </label>
          ))}
        </fieldset>
        <WrongLine id={wrongScopes} wrong={form.formState.errors.scopes} />
      </div>
      <Field form={form} name="expiresInDays" label={t('account.days')} type="number" autoComplete="off" />
      <FormActs words={t('account.makeKey')} isBusy={isBusy} onClose={onClose} />
    </form>
  )
}
