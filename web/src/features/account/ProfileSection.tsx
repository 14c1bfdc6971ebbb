import { Switch } from '../../controls/Switch.tsx'
import { FormButton } from '../../forms/FormButton.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { onDemand } from '../../lib/on-demand.ts'
import type { Account } from '../../lib/types.ts'
import { useDeed } from './use-deed.ts'

const NameForm = onDemand(() => import('./NameForm.tsx').then((file) => file.NameForm))

/** The name, and whether mails are wanted; they come in the language of the screen at that time. */
export function ProfileSection({ account }: { account: Account }) {
  const { t, language } = useTranslation()
  const { run } = useDeed()
  const change = (mailNotices: boolean) => ask('/api/account', { method: 'PATCH', body: { language, mailNotices } })
  return (
    <section className="sec">
      <h2 className="h3">{t('account.profile')}</h2>
      <FormButton words={t('account.changeName')} form={NameForm} beside={account.name}>
        {(close) => <NameForm name={account.name} onClose={close} />}
      </FormButton>
      <Switch
        on={account.mailNotices}
        note={t('account.mailsNote')}
        onChange={(mailNotices) => void run(() => change(mailNotices))}
      >
        {t('account.mails')}
      </Switch>
    </section>
  )
}
