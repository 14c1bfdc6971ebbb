import { useEffect, useState } from 'react'
import { useTranslate } from 'react-admin'
import { mayEnter, whoIsIt } from '../authProvider.ts'
import type { Person } from '../records.ts'
import { Brand } from './Brand.tsx'
import { DocumentMarks } from './DocumentMarks.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { LoginForm } from './LoginForm.tsx'
import { PageHeader } from './PageHeader.tsx'
import './layout.css'

export function LoginPage() {
  const t = useTranslate()
  return (
    <div className="login">
      <DocumentMarks />
      <div className="login-top">
        <span className="brand">
          <Brand />
          <span>AIMake</span>
          <span className="tag">{t('console.name')}</span>
        </span>
        <LanguageSwitch />
      </div>
      <main>
        <PageHeader title={t('console.login.title')} />
        <p className="two">{t('console.login.lead')}</p>
        <Stranger />
        <LoginForm />
      </main>
    </div>
  )
}

/** Somebody signed in to the web app who is no admin is told so, and not signed out. */
function Stranger() {
  const t = useTranslate()
  const [person, setPerson] = useState<Person | null>(null)
  useEffect(() => {
    whoIsIt().then(setPerson, () => undefined)
  }, [])
  if (!person || mayEnter(person)) return null
  return (
    <section className="panel" role="status">
      <h2>{t('console.login.signed_in_as', { email: person.email })}</h2>
      <p>{t('console.login.not_admin_now')}</p>
      <a className="button" href="/">
        {t('console.login.to_web')}
      </a>
    </section>
  )
}
