import type { Prisma } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { detectLanguage } from '../../shared/text.ts'
import type { Language } from '../../shared/text.ts'
import type { Deps } from '../deps.ts'
import { sourceTexts } from './read-source.ts'

/** What a brief leaves open until its sources are read. */
interface OpenBrief {
  language: Language
  title: string
  unread?: { isTitleGuessed: boolean; otherwise?: { language: Language; speakers: unknown; notice: boolean } }
}

/**
 * Puts what the sources say in the place of what was guessed when they were ordered unread: the title, and the language with its voices. Done once; a
 * title that its owner has written meanwhile stays.
 */
export async function settleBrief(deps: Deps, episodeId: string): Promise<void> {
  const { db, redis } = deps
  const episode = await db.episode.findUniqueOrThrow({ where: { id: episodeId }, select: { brief: true, title: true } })
  const { unread, ...brief } = episode.brief as unknown as OpenBrief
  if (!unread) return
  const sources = await sourceTexts(deps, episodeId)
  const { isTitleGuessed, otherwise } = unread
  const isOther = otherwise && detectLanguage(sources.map(({ text }) => text).join('\n')) === otherwise.language
  const found = isTitleGuessed && episode.title === brief.title ? sources[0]?.title : undefined
  const settled = { ...brief, ...(isOther && otherwise), title: found ?? brief.title }
  await db.episode.update({
    where: { id: episodeId },
    data: {
      brief: settled as unknown as Prisma.InputJsonObject,
      language: settled.language,
      ...(found !== undefined && { title: found }),
    },
  })
  await announce(redis, episodeId, [{ type: 'episode' }])
}
