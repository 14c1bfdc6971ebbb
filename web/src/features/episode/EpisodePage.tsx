import './episode.css'
import './script.css'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Lost } from '../../components/Lost.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { takeHeard } from '../../lib/heard.ts'
import { useLiveEpisode } from '../../lib/live-episode.ts'
import { onDemand, useOpening } from '../../lib/on-demand.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { currentPlayback, loadEpisode, seek } from '../../lib/playback.ts'
import { awaitPlay } from '../../lib/playback-source.ts'
import { hideToastOf } from '../../lib/toast.ts'
import { timeScript } from '../../lib/script-times.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import type { Episode } from '../../lib/types.ts'
import { useHasColumns } from '../../lib/use-media.ts'
import { Contents } from './Contents.tsx'
import { EpisodeHead } from './EpisodeHead.tsx'
import { OpenLineSheet } from './OpenLineSheet.tsx'
import { ScriptView } from './ScriptView.tsx'
import { SheetBar } from './SheetBar.tsx'
import { SideBoxes } from './SideBoxes.tsx'
import { editingOf } from './editing.ts'
import { useEpisodeKeys } from './episode-keys.ts'
import { useHeardLine } from './heard-line.ts'
import { chooseLine, closeLine } from './open-line.ts'
import { useVersionNews } from './version-news.ts'

// Most episodes are listened to as they are.
const ReorderList = onDemand(() => import('./ReorderList.tsx').then((file) => file.ReorderList))

/** One page for the whole life of an episode: nothing jumps when its state changes. */
export default function EpisodePage({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useLiveEpisode(id)
  const live = query.data
  const lines = live?.script.lines
  const timed = useMemo(() => timeScript(lines ?? []), [lines])
  usePageTitle(live?.episode.title)
  useReadyPlayer(id, live?.episode)
  useVersionNews(live?.episode)
  const isGone = query.error instanceof Refusal && query.error.status === 404
  useEffect(() => {
    if (isGone) hideToastOf(id)
  }, [isGone, id])

  if (isGone) {
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
  return <Whole live={live} timed={timed} />
}

function Whole({ live, timed }: { live: LiveEpisode; timed: TimedScript }) {
  const { t } = useTranslation()
  const hasColumns = useHasColumns()
  const [ordering, setOrdering] = useState(false)
  const openWith = useOpening()
  const order = useCallback(() => openWith(ReorderList, () => setOrdering(true)), [openWith])
  const { episode } = live
  const canOrder = ['review', 'ready'].includes(editingOf(episode))
  const heard = useHeardLine(episode.id, timed)
  useEpisodeKeys(live, timed, heard?.line.id)
  // What one had the focus on counts until the sound comes to another line.
  useEffect(() => chooseLine(null), [heard?.line.id])
  useEffect(() => () => (closeLine(), chooseLine(null)), [])
  return (
    <div className="ep">
      {hasColumns && (
        <aside className="left" aria-label={t('episode.sections')}>
          <Contents live={live} timed={timed} />
        </aside>
      )}
      <main id="main" tabIndex={-1}>
        <EpisodeHead live={live} onReorder={canOrder ? order : undefined} />
        {!hasColumns && <SheetBar live={live} timed={timed} />}
        {ordering && canOrder ? (
          <ReorderList live={live} onClose={() => setOrdering(false)} />
        ) : (
          <ScriptView live={live} timed={timed} heard={heard} />
        )}
        <OpenLineSheet live={live} timed={timed} onReorder={order} />
      </main>
      {hasColumns && (
        <aside className="side" aria-label={t('episode.source')}>
          <SideBoxes live={live} heardId={heard?.line.id} />
        </aside>
      )}
    </div>
  )
}

/** Episodes whose place was looked up since the page was loaded: from then on this device knows best. */
const placed = new Set<string>()

/** The episode one looks at lies in the player, unless another one is playing. */
function useReadyPlayer(id: string, episode: Episode | undefined) {
  const playlistUrl = episode?.playlistUrl
  const listening = episode?.listening ?? null
  useEffect(() => {
    if (playlistUrl === undefined) return
    const { playing, episodeId } = currentPlayback()
    if (!playing || episodeId === id) {
      loadEpisode(id, playlistUrl)
      if (!playing && !placed.has(id)) goOnFrom(takeHeard(id, listening))
      placed.add(id)
      startWhereAsked()
    }
    awaitPlay()
    // Only when it comes into the player: what other devices tell later must not make the sound jump.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id, playlistUrl])
}

/** From the place one left, on whichever device. */
function goOnFrom(positionMs: number) {
  if (positionMs > 0) seek(positionMs)
}

/** A search hit leads to its second; taken once, so that going back and forth does not jump again. */
function startWhereAsked() {
  const seconds = Number(new URLSearchParams(location.search).get('t'))
  if (!(seconds > 0)) return
  seek(seconds * 1000)
  history.replaceState(history.state, '', location.pathname)
}
