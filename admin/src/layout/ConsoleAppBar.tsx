import { AppBar, LoadingIndicator, Logout, ToggleThemeButton, UserMenu, useGetIdentity, useTranslate } from 'react-admin'
import { Link } from 'react-router-dom'
import { Brand } from './Brand.tsx'
import { EnvironmentTag } from './EnvironmentTag.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

export function ConsoleAppBar() {
  const t = useTranslate()
  return (
    <AppBar alwaysOn color="inherit" position="fixed" toolbar={<Tools />} userMenu={<Account />}>
      <Link className="brand" to="/" aria-label={t('console.home')}>
        <Brand />
        <span>AIMake</span>
        <span className="tag wide">{t('console.name')}</span>
      </Link>
      <span className="space" />
    </AppBar>
  )
}

function Tools() {
  return (
    <>
      <EnvironmentTag />
      <LanguageSwitch />
      <ToggleThemeButton />
      <LoadingIndicator />
    </>
  )
}

function Account() {
  const { identity } = useGetIdentity()
  const name = identity?.fullName || '?'
  return (
    <UserMenu
      icon={
        <span className="avatar" aria-hidden>
          {new Intl.Segmenter().segment(name).containing(0)?.segment}
        </span>
      }
    >
      <p className="account">
        <b>{name}</b>
        <span className="meta">{String(identity?.email ?? '')}</span>
      </p>
      <Logout />
    </UserMenu>
  )
}
