import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { Link } from 'wouter'
import { Cover } from '../../components/Cover.tsx'
import { PlayIcon } from '../../components/Icons.tsx'
import { Tape } from '../../components/Tape.tsx'
import { Title } from '../../components/Title.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address, ask } from '../../lib/api.ts'
import { heardOn, placeToGoOn } from '../../lib/heard.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { loadEpisode, play, togglePlay, usePlayback } from '../../lib/playback.ts'
import { barsOfLevels } from '../../lib/tape.ts'
import { clock } from '../../lib/time.ts'
import type { Listening } from '../../lib/types.ts'

const listeningQuery = {
  queryKey: ['listening'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask<Listening>('/api/listening', { signal })).items,
}

/** What was heard last and not to its end, on any device: one press goes on. Nothing where there is none. */
export function ContinueListening() {
  const query = useQuery({ ...listeningQuery, refetchOnMount: 'always' })
  const place = query.data?.[0]
  return place ? <Place key={place.episode.id} place={place} /> : null
}

function Place({ place }: { place: Listening['items'][number] }) {
  const { t } = useTranslation()
  const playback = usePlayback()
  const { positionMs, device } = place
  const { id, title, levels, speakers, language, durationMs } = place.episode
  const isMine = playback.episodeId === id
  // What only lies in the player, silent, may be older than what another device has told since.
  const hasMoved = isMine && (playback.playing || playback.positionMs !== heardOn(id))
  const at = hasMoved ? playback.positionMs : placeToGoOn(id, place)
  const bars = useCallback((count: number) => barsOfLevels(levels, count), [levels])
  const solo = speakers.length < 2
  const goOn = () => {
    if (hasMoved) return togglePlay()
    loadEpisode(id, address(`/api/episodes/${id}/playlist.m3u8`))
    play(at)
  }
  return (
    <section className="cont" aria-label={t('library.continue')}>
      <Cover levels={levels} solo={solo} />
      <div className="what">
        <p className="meta">{t(`library.continueOn.${device}`, { time: clock(positionMs) })}</p>
        <h2 className="song">
          <Link href={`/episodes/${id}`} lang={langTag(language)}>
            <Title language={language}>{title}</Title>
          </Link>
        </h2>
      </div>
      <div className="strip wide">
        <Tape bars={bars} height={40} solo={solo} heard={durationMs ? at / durationMs : undefined} />
        <p className="meta">
          <span>{clock(at)}</span>
          {durationMs !== null && <span>{t('library.leftTime', { time: clock(Math.max(0, durationMs - at)) })}</span>}
        </p>
      </div>
      <button
        type="button"
        className="playb l"
        aria-label={t('library.play', { title, time: clock(at) })}
        aria-pressed={isMine && playback.playing}
        onClick={goOn}
      >
        <PlayIcon playing={isMine && playback.playing} />
      </button>
    </section>
  )
}
