import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { address, ask } from '../../lib/api.ts'
import type { Featured, Language } from '../../lib/types.ts'

export type FeaturedEpisode = Featured['items'][number]

/** Episodes that sound before anybody signs in. That there are none is nobody's trouble. */
export const useFeatured = (language: Language) =>
  useQuery({
    queryKey: ['featured', language],
    queryFn: async ({ signal }) => (await ask<Featured>(`/api/featured?language=${language}`, { signal })).items,
    staleTime: 60_000,
    retry: false,
  })

/** One loudspeaker for all of them: who begins stops the others. */
export function useFeaturedSound() {
  const sound = useRef<HTMLAudioElement | null>(null)
  const [on, setOn] = useState<{ id: string; playing: boolean; positionMs: number } | null>(null)
  useEffect(() => () => sound.current?.pause(), [])

  function elementFor(episode: FeaturedEpisode): HTMLAudioElement {
    sound.current?.pause()
    const audio = new Audio(address(episode.audioUrl))
    const tell = () =>
      sound.current === audio && setOn({ id: episode.id, playing: !audio.paused, positionMs: audio.currentTime * 1000 })
    for (const event of ['play', 'pause', 'timeupdate', 'seeked', 'ended']) audio.addEventListener(event, tell)
    sound.current = audio
    return audio
  }
  return {
    on,
    toggle(episode: FeaturedEpisode) {
      const audio = on?.id === episode.id && sound.current ? sound.current : elementFor(episode)
      // Refused without a press or cut off by the next one: both show as "not playing".
      if (audio.paused) void audio.play().catch(() => {})
      else audio.pause()
    },
    seek(ms: number) {
      if (sound.current) sound.current.currentTime = ms / 1000
    },
  }
}
