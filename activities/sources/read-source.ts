import type { Deps } from '../deps.ts'
import { cleanText, detectLanguage, spokenUnits } from '../../shared/text.ts'
import type { Activities } from '../../workflows/contract.ts'
import { FOR_EVER, sha256, storeObject } from '../storage/objects.ts'

type Deeds = Pick<Activities, 'listSources' | 'readSource'>

/** What a person gave -> clean text in the object store. */
export function sourceDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    async listSources({ episodeId }) {
      const rows = await db.episodeSource.findMany({
        where: { episodeId },
        orderBy: { position: 'asc' },
        select: { sourceId: true },
      })
      return rows
    },

    async readSource({ sourceId }) {
      const { input, textKey } = await db.source.findUniqueOrThrow({ where: { id: sourceId } })
      if (textKey) return
      const text = cleanText(input)
      const bytes = new TextEncoder().encode(text)
      const key = `sources/${sha256(bytes)}.txt`
      await storeObject(deps, key, bytes, { contentType: 'text/plain; charset=utf-8', cacheControl: FOR_EVER })
      const language = detectLanguage(text)
      await db.source.update({
        where: { id: sourceId },
        data: { textKey: key, language, characters: spokenUnits(text, language) },
      })
    },
  }
}

/** The clean texts of an episode's sources, in order; with `onlyId` that one alone. */
export async function sourceTexts(
  { db, store }: Deps,
  episodeId: string,
  onlyId: string | null = null,
): Promise<{ position: number; title: string | undefined; text: string; kind: string }[]> {
  const rows = await db.episodeSource.findMany({
    where: { episodeId, ...(onlyId !== null && { sourceId: onlyId }) },
    orderBy: { position: 'asc' },
    include: { source: true },
    ...(onlyId !== null && { take: 1 }),
  })
  return Promise.all(
    rows.map(async ({ source, position }) => ({
      position,
      title: source.title ?? undefined,
      text: new TextDecoder().decode(await store.get(source.textKey!)),
      kind: source.kind,
    })),
  )
}
