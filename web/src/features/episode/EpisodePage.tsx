import './episode.css'
import './script.css'
import { useEffect, useMemo } from 'react'
import { Lost } from '../../components/Lost.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal } from '../../lib/api.ts'
import { useLiveEpisode } from '../../lib/live-episode.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { currentPlayback, loadEpisode, seek } from '../../lib/playback.ts'
import { loadHls } from '../../lib/playback-source.ts'
import { timeScript } from '../../lib/script-times.ts'
import { EpisodeWords } from '../pronunciations/EpisodeWords.tsx'
import { AppendBox } from './AppendBox.tsx'
import { Receipt } from '../receipt/Receipt.tsx'
import { ShareBox } from '../sharing/ShareBox.tsx'
import { EpisodeHead } from './EpisodeHead.tsx'
import { ScriptView } from './ScriptView.tsx'
import { SideBoxes } from './SideBoxes.tsx'
import { Contents } from './Contents.tsx'
import { VersionList } from './VersionList.tsx'
import { useVersionNews } from './version-news.ts'

/** One page for the whole life of an episode: nothing jumps when its state changes. */
export default function EpisodePage({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useLiveEpisode(id)
  const live = query.data
  const lines = live?.script.lines
  const timed = useMemo(() => timeScript(lines ?? []), [lines])
  usePageTitle(live?.episode.title)
  useReadyPlayer(id, live?.episode.playlistUrl)
  useVersionNews(live?.episode)

  if (query.error instanceof Refusal && query.error.status === 404) {
    return <Lost title={t('episode.notFoundTitle')} text={t('episode.notFoundText')} />
  }
  if (!live) {
    return (
      <main className="page slim" id="main" tabIndex={-1}>
        {query.isError ? (
          <Trouble
            title={t('shell.troubleTitle')}
            text={t('shell.troubleText')}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Skeleton />
        )}
      </main>
    )
  }
  return (
    <div className="ep">
      <aside className="left" aria-label={t('episode.sections')}>
        <Contents live={live} timed={timed} />
      </aside>
      <main id="main" tabIndex={-1}>
        <EpisodeHead live={live} />
        <ScriptView live={live} timed={timed} />
      </main>
      <aside className="side" aria-label={t('episode.source')}>
        <SideBoxes live={live} timed={timed} />
        <ShareBox episode={live.episode} />
        <VersionList episode={live.episode} />
        {live.episode.status === 'ready' && <AppendBox episode={live.episode} />}
        <EpisodeWords episode={live.episode} />
        <Receipt episode={live.episode} />
      </aside>
    </div>
  )
}

/** The episode one looks at lies in the player, unless another one is playing. */
function useReadyPlayer(id: string, playlistUrl: string | undefined) {
  useEffect(() => {
    if (playlistUrl === undefined) return
    const { playing, episodeId } = currentPlayback()
    if (!playing || episodeId === id) {
      loadEpisode(id, playlistUrl)
      startWhereAsked()
    }
    // So that the click on play does not wait for code. Failing now is no matter: play tries again.
    loadHls().catch(() => undefined)
  }, [id, playlistUrl])
}

/** A search hit leads to its second; taken once, so that going back and forth does not jump again. */
function startWhereAsked() {
  const seconds = Number(new URLSearchParams(location.search).get('t'))
  if (!(seconds > 0)) return
  seek(seconds * 1000)
  history.replaceState(history.state, '', location.pathname)
}
