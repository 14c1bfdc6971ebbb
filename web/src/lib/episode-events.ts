import { address } from './api.ts'
import { createStore } from './store.ts'
import { queries } from './queries.ts'
import type { Episode, Line, Script } from './types.ts'

export interface LiveEpisode {
  episode: Episode
  script: Script
}

export const liveKey = (id: string) => ['live', id] as const

export type EpisodeEvent =
  | { type: 'snapshot'; data: LiveEpisode }
  | { type: 'episode'; data: Episode }
  | { type: 'outline'; data: { sections: Script['sections'] } }
  | { type: 'line'; data: Line }

/** Whether the stream of an episode one looks at is broken just now. */
export const streamBroken = createStore(false)

const flushMs = 60
const reopenMs = 3_000

interface Following {
  lookers: number
  close: () => void
}

const following = new Map<string, Following>()

/** Page and player may look at the same episode: they share one stream. */
export function followEpisode(id: string): () => void {
  const entry = following.get(id) ?? { lookers: 0, close: openStream(id) }
  following.set(id, entry)
  entry.lookers += 1
  return () => {
    entry.lookers -= 1
    if (entry.lookers > 0) return
    entry.close()
    following.delete(id)
  }
}

function openStream(id: string): () => void {
  const waiting: EpisodeEvent[] = []
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined

  // Ten lines a second are one change of the page, not ten.
  const flush = () => {
    timer = undefined
    const events = waiting.splice(0)
    queries.setQueryData<LiveEpisode>(liveKey(id), (live) => events.reduce(applyEvent, live))
  }
  const listen = (type: EpisodeEvent['type']) =>
    source.addEventListener(type, (event: MessageEvent<string>) => {
      waiting.push({ type, data: JSON.parse(event.data) })
      timer ??= setTimeout(flush, flushMs)
    })
  const open = () => {
    source = new EventSource(address(`/api/episodes/${id}/events`), { withCredentials: true })
    for (const type of ['snapshot', 'episode', 'outline', 'line'] as const) listen(type)
    source.onopen = () => streamBroken.set(false)
    source.onerror = () => {
      streamBroken.set(true)
      if (source.readyState !== EventSource.CLOSED) return
      // Refused for good: asking for the episode tells why (signed out, deleted), then try again.
      void queries.invalidateQueries({ queryKey: liveKey(id) })
      reopening = setTimeout(open, reopenMs)
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    clearTimeout(reopening)
    source.close()
    streamBroken.set(false)
    if (waiting.length > 0) flush()
  }
}

export function applyEvent(live: LiveEpisode | undefined, event: EpisodeEvent): LiveEpisode | undefined {
  if (event.type === 'snapshot') return event.data
  if (!live) return live
  if (event.type === 'episode') return { ...live, episode: event.data }
  if (event.type === 'outline') return { ...live, script: { ...live.script, sections: event.data.sections } }
  return { ...live, script: { ...live.script, lines: withLine(live.script.lines, event.data) } }
}

function withLine(lines: readonly Line[], line: Line): Line[] {
  const known = lines.some(({ id }) => id === line.id)
  const next = known ? lines.map((old) => (old.id === line.id ? line : old)) : [...lines, line]
  return known ? next : next.toSorted((a, b) => a.position - b.position)
}
