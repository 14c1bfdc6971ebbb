import type { Database, Reader } from '../../prisma/client.ts'
import { currentFirst, withVersions } from '../episodes/episodes.repo.ts'
import type { EpisodeRow } from '../episodes/episodes.repo.ts'
import { allOwn } from '../http/authorized.ts'
import type { PersonId } from '../http/authorized.ts'
import type { Place } from './listening.schema.ts'

/** What somebody began to hear and did not end, the last first. */
export async function placesOf(db: Reader, userId: PersonId, limit: number) {
  const rows = await db.listening.findMany({
    where: { userId, episode: { deletedAt: null } },
    orderBy: { updatedAt: 'desc' },
    take: limit,
    include: { episode: { include: withVersions } },
  })
  const episodes = allOwn(
    userId,
    rows.map(({ episode }) => currentFirst(episode)),
  )
  return rows.map((row, index) => ({ ...row, episode: episodes[index]! }))
}

/** Keeps where the owner of an episode stopped; the last word counts, whichever device says it. */
export async function keepPlace(
  db: Database,
  { id: episodeId, userId }: EpisodeRow,
  { positionMs, device }: Place,
): Promise<void> {
  if (positionMs === 0) return void (await db.listening.deleteMany({ where: { episodeId, userId } }))
  const place = { positionMs, device }
  await db.listening.upsert({ where: { episodeId }, create: { episodeId, userId, ...place }, update: place })
}
