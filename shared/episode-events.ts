import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'

/**
 * What changed in an episode. Only pointers: whoever listens reads the state itself from the store, so a note that is
 * lost, late or told twice can never show anything wrong.
 */
export type EpisodeNote = { type: 'episode' } | { type: 'version' } | { type: 'outline' } | { type: 'line'; lineId: string }

/** A listener who was away longer than this many notes gets a snapshot instead. */
const KEPT_NOTES = 2000
/** Longer than anybody keeps what an episode was like. */
const WORD_SECONDS = 60
/** Nobody resumes after a day. */
const KEPT_SECONDS = 86_400

const streamKey = (episodeId: string) => `episode:${episodeId}:notes`
/** Another word with every note: whoever keeps what an episode was like asks whether it is still the same. */
export const episodeWord = (episodeId: string) => `episode:${episodeId}:word`
export const noteChannel = (episodeId: string) => `episode:${episodeId}`

/** Tells all listeners. Never throws: progress that is not shown must not stop the work that is done. */
export async function announce(redis: Redis, episodeId: string, notes: EpisodeNote[]): Promise<void> {
  const key = streamKey(episodeId)
  const pipeline = redis.pipeline()
  for (const note of notes) pipeline.xadd(key, 'MAXLEN', '~', KEPT_NOTES, '*', 'note', JSON.stringify(note))
  pipeline.set(episodeWord(episodeId), randomUUID(), 'EX', WORD_SECONDS)
  pipeline.expire(key, KEPT_SECONDS).publish(noteChannel(episodeId), '')
  await pipeline.exec().catch(() => undefined)
}

/** Notes after `lastId`, oldest first; `null` when notes between may be gone, so that only a snapshot helps. */
export async function notesAfter(
  redis: Redis,
  episodeId: string,
  lastId: string,
): Promise<{ id: string; note: EpisodeNote }[] | null> {
  const key = streamKey(episodeId)
  const [oldest] = await redis.xrange(key, '-', '+', 'COUNT', 1)
  if (!oldest || comparable(oldest[0]) > comparable(lastId)) return null
  const entries = await redis.xrange(key, `(${lastId}`, '+', 'COUNT', 500)
  return entries.map(([id, fields]) => ({ id, note: JSON.parse(fields[1]!) as EpisodeNote }))
}

/** Where the story is now; `0-0` when nothing was told yet. */
export async function newestNoteId(redis: Redis, episodeId: string): Promise<string> {
  const [newest] = await redis.xrevrange(streamKey(episodeId), '+', '-', 'COUNT', 1)
  return newest?.[0] ?? '0-0'
}

/** Stream ids are `<ms>-<n>`; padded, they compare as text. */
const comparable = (id: string) =>
  id
    .split('-')
    .map((part) => part.padStart(20, '0'))
    .join('-')
