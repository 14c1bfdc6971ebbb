import { Switch } from '../../controls/Switch.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { fieldOf } from '../../lib/form-field.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

/** The name, and whether mails are wanted; they come in the language of the screen at that time. */
export function ProfileSection({ account }: { account: Account }) {
  const { t, language } = useTranslation()
  const { isBusy, run, onSubmit } = useDeed()
  const change = (body: object) => ask('/api/account', { method: 'PATCH', body: { language, ...body } })
  return (
    <section className="sec">
      <h2 className="h3">{t('account.profile')}</h2>
      <form onSubmit={onSubmit((form) => change({ name: fieldOf(form, 'name').trim() }), t('account.saved'))}>
        <label>
          <span>{t('account.name')}</span>
          <div className="field">
            <input name="name" key={account.name} defaultValue={account.name} maxLength={200} autoComplete="name" required />
          </div>
        </label>
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
