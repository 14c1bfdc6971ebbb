import { ChevronLeft } from 'lucide-react'
import { Link } from 'wouter'
import { BrandMark } from '../components/Icons.tsx'
import { useTranslation } from '../i18n/translation.ts'
import { lendCrumb, lendTools } from '../lib/phone-top.ts'
import type { Person } from '../lib/session.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { pageOf, pages } from './nav.ts'

interface TopBarProps {
  person: Person
  place: string
  onEpisode: boolean
}

export function TopBar({ person, place, onEpisode }: TopBarProps) {
  const { t } = useTranslation()
  const here = pageOf(place)
  return (
    <header className="top">
      {onEpisode && (
        <Link className="ib narrow" href="/library" aria-label={t('shell.back')} style={{ marginLeft: -10 }}>
          <ChevronLeft className="i" aria-hidden="true" />
        </Link>
      )}
      {/* On a phone an episode brings its own title and tools. */}
      <Link className={onEpisode ? 'brand wide' : 'brand'} href="/library" aria-label="AIMake">
        <BrandMark />
        <span>AIMake</span>
      </Link>
      <nav aria-label={t('shell.main')}>
        {pages.map(({ path, name }) => (
          <Link key={path} href={path} {...(here === path ? { 'aria-current': 'page' } : {})}>
            {t(`shell.${name}`)}
          </Link>
        ))}
      </nav>
      {onEpisode && <span className="crumb narrow" ref={lendCrumb} />}
      <div className="tail">
        {onEpisode && <span className="narrow" ref={lendTools} style={{ display: 'flex' }} />}
        <span className={onEpisode ? 'wide' : ''}>
          <AccountMenu person={person} />
        </span>
      </div>
    </header>
  )
}
