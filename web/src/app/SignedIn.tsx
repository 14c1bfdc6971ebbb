import { Suspense, lazy, useEffect } from 'react'
import { Route, Switch, useLocation, useRoute } from 'wouter'
import { Skeleton } from '../components/Skeleton.tsx'
import { ToastBar } from '../components/ToastBar.tsx'
import { withWords } from '../i18n/start.ts'
import { useTranslation } from '../i18n/translation.ts'
import type { Person } from '../lib/session.ts'
import { loadLastEpisode, useLoadedEpisode } from '../lib/playback.ts'
import { Boundary } from './Boundary.tsx'
import { Keys } from './Keys.tsx'
import { NotFound } from './NotFound.tsx'
import { Tabs } from './Tabs.tsx'
import { TopBar } from './TopBar.tsx'
import { WireLine } from './WireLine.tsx'

const NewPage = lazy(() => import('../features/new/NewPage.tsx'))
const EpisodePage = lazy(() => withWords(import('../features/episode/EpisodePage.tsx')))
const LibraryPage = lazy(() => import('../features/library/LibraryPage.tsx'))
const PronunciationsPage = lazy(() => withWords(import('../features/pronunciations/PronunciationsPage.tsx')))
const AccountPage = lazy(() => withWords(import('../features/account/AccountPage.tsx')))
const ShowPage = lazy(() => withWords(import('../features/shows/ShowPage.tsx')))
const ShowsPage = lazy(() => withWords(import('../features/shows/ShowsPage.tsx')))
const VoicesPage = lazy(() => withWords(import('../features/voices/VoicesPage.tsx')))
const UsagePage = lazy(() => withWords(import('../features/usage/UsagePage.tsx')))
const DownloadsPage = lazy(() => withWords(import('../features/downloads/DownloadsPage.tsx')))
const PlayerBar = lazy(() => withWords(import('../features/player/PlayerBar.tsx')))

/** Every page stands in this frame; the player outlives them all. */
export default function SignedIn({ person }: { person: Person }) {
  const { t } = useTranslation()
  const [place] = useLocation()
  const [onEpisode] = useRoute('/episodes/:id')
  const episodeId = useLoadedEpisode()
  useEffect(loadLastEpisode, [])
  return (
    <>
      <a className="btn skip" href="#main">
        {t('shell.skip')}
      </a>
      <TopBar person={person} place={place} onEpisode={onEpisode} />
      <WireLine />
      <Boundary key={place}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={NewPage} />
            <Route path="/new" component={NewPage} />
            <Route path="/library" component={LibraryPage} />
            <Route path="/pronunciations" component={PronunciationsPage} />
            <Route path="/shows" component={ShowsPage} />
            <Route path="/shows/:id">{({ id }) => <ShowPage key={id} id={id} />}</Route>
            <Route path="/voices" component={VoicesPage} />
            <Route path="/downloads" component={DownloadsPage} />
            <Route path="/usage" component={UsagePage} />
            <Route path="/settings" component={AccountPage} />
            <Route path="/episodes/:id">{({ id }) => <EpisodePage key={id} id={id} />}</Route>
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </Boundary>
      <Keys />
      <ToastBar high={onEpisode} />
      <Suspense>{episodeId !== null && <PlayerBar episodeId={episodeId} onEpisode={onEpisode} />}</Suspense>
      {!onEpisode && <Tabs place={place} />}
    </>
  )
}

const Waiting = () => (
  <main className="page">
    <Skeleton />
  </main>
)
