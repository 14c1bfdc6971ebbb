import check, { most } from 'api-check:patch/api/account'
import { useEffect } from 'react'
import { Switch } from '../../controls/Switch.tsx'
import { Field } from '../../forms/Field.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

/** The name, and whether mails are wanted; they come in the language of the screen at that time. */
export function ProfileSection({ account }: { account: Account }) {
  const { t, language } = useTranslation()
  const { isBusy, run } = useDeed()
  const change = (body: object) => ask('/api/account', { method: 'PATCH', body: { language, ...body } })
  const form = useApiForm({ check, start: { name: account.name } })
  const { reset } = form
  useEffect(() => reset({ name: account.name }), [reset, account.name])
  return (
    <section className="sec">
      <h2 className="h3">{t('account.profile')}</h2>
      <form noValidate onSubmit={form.sends((body: object) => run(() => change(body), t('account.saved')))}>
        <Field form={form} name="name" label={t('account.name')} autoComplete="name" most={most['name']} />
        <div>
          <button type="submit" className="btn" disabled={isBusy}>
            {t('account.save')}
          </button>
        </div>
      </form>
      <Switch
        on={account.mailNotices}
        note={t('account.mailsNote')}
        onChange={(mailNotices) => void run(() => change({ mailNotices }))}
      >
        {t('account.mails')}
      </Switch>
    </section>
  )
}
