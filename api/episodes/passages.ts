import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { EpisodeRef } from './episodes.repo.ts'
import type { Passage } from './line.schema.ts'

/** What of a source is shown before and after a passage. */
const CONTEXT_CHARACTERS = 240
/** A passage may be a whole chapter; nobody reads more of it beside a line. */
const MAX_PASSAGE_CHARACTERS = 1200

interface PassageRef {
  /** Index among the episode's sources. */
  source: number
  /** Offsets into its clean text, in UTF-16 units. */
  start: number
  end: number
}

/** The passages a line's row names. */
export const passageRefs = (sourceRefs: unknown): PassageRef[] => (Array.isArray(sourceRefs) ? (sourceRefs as PassageRef[]) : [])

/** The passages of its sources a line rests on, with what stands around them. A source that was erased since is left out. */
export async function passagesOf(
  { db, store }: { db: Database; store: ObjectStore },
  { id: episodeId }: EpisodeRef,
  sourceRefs: unknown,
): Promise<Passage[]> {
  const refs = passageRefs(sourceRefs)
  const sources = await db.episodeSource.findMany({
    where: { episodeId, position: { in: refs.map(({ source }) => source) } },
    select: {
      position: true,
      source: { select: { id: true, kind: true, title: true, input: true, language: true, textKey: true } },
    },
  })
  const texts = new Map<string, string>()
  for (const { source } of sources) {
    if (source.textKey) texts.set(source.id, new TextDecoder().decode(await store.get(source.textKey)))
  }
  return refs.flatMap(({ source: position, start, end }) => {
    const source = sources.find((one) => one.position === position)?.source
    const text = source && texts.get(source.id)
    if (text === undefined) return []
    const shownEnd = Math.min(end, start + MAX_PASSAGE_CHARACTERS)
    return [
      {
        sourceId: source!.id,
        type: source!.kind,
        title: source!.title,
        url: source!.kind === 'url' ? source!.input : null,
        language: source!.language,
        before: tidy(text.slice(Math.max(0, start - CONTEXT_CHARACTERS), start)),
        text: tidy(text.slice(start, shownEnd)),
        after: tidy(text.slice(shownEnd, shownEnd + CONTEXT_CHARACTERS)),
        isCut: shownEnd < end,
      },
    ]
  })
}

/** A cut may fall into the middle of a character that is two units long. */
const tidy = (text: string) => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
