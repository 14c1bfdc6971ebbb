import { AudioLines, ChartNoAxesColumn, LibraryBig, Plus, Rss } from 'lucide-react'
import { Link } from 'wouter'
import { useTranslation } from '../i18n/translation.ts'
import { pageOf, pages } from './nav.ts'

const icons = { new: Plus, library: LibraryBig, shows: Rss, voices: AudioLines, usage: ChartNoAxesColumn }

/** What is begun most often lies under the thumb. */
const order = (['library', 'shows', 'new', 'voices', 'usage'] as const).map((name) => pages.find((page) => page.name === name)!)

/** The way about on a phone. */
export function Tabs({ place }: { place: string }) {
  const { t } = useTranslation()
  const here = pageOf(place)
  return (
    <nav className="tabs narrow" aria-label={t('shell.main')}>
      {order.map(({ path, name }) => {
        const Icon = icons[name]
        return (
          <Link key={path} href={path} {...(here === path ? { 'aria-current': 'page' } : {})}>
            <Icon className="i" strokeWidth={1.75} aria-hidden="true" />
            {t(`shell.${name}`)}
          </Link>
        )
      })}
    </nav>
  )
}
