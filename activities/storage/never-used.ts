import { Prisma } from '../../prisma/client.ts'
import type { Deps } from '../deps.ts'
import type { Leftover } from './leftover.ts'
import { removeOrphan } from './remove-orphan.ts'

interface Gone {
  key: string | null
}

/** So long somebody may think about what they had read before they order something of it. */
const KEPT = Prisma.raw(`interval '30 days'`)
/** So long a file that was sent is waited for to be read. */
const AWAITED = Prisma.raw(`interval '1 day'`)
const unordered = Prisma.sql`s.created_at < now() - ${KEPT}
  AND NOT EXISTS (SELECT 1 FROM episode_sources e WHERE e.source_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.appended_source_id = s.id)`
const unread = Prisma.sql`u.created_at < now() - ${AWAITED} AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.upload_id = u.id)`

/**
 * What people gave and never used: it was announced that it goes after its time, so it goes each night, row and object. Killed between the two, the object
 * is left as one that nobody uses.
 */
export const neverUsed: Leftover[] = [
  {
    kind: 'source-never-ordered',
    find: ({ db }) => db.$queryRaw`SELECT s.id FROM sources s WHERE ${unordered}`,
    mend: async (deps, ids) =>
      removeAll(
        deps,
        await deps.db
          .$queryRaw`DELETE FROM sources s WHERE s.id = ANY(${ids}::uuid[]) AND ${unordered} RETURNING s.text_key AS key`,
      ),
  },
  {
    // After the sources: a file that was read goes with what was read of it.
    kind: 'upload-never-read',
    find: ({ db }) => db.$queryRaw`SELECT u.id FROM uploads u WHERE ${unread}`,
    mend: async (deps, ids) =>
      removeAll(
        deps,
        await deps.db
          .$queryRaw`DELETE FROM uploads u WHERE u.id = ANY(${ids}::uuid[]) AND ${unread} RETURNING u.object_key AS key`,
      ),
  },
]

/** Removes the objects of rows that are gone, but for those that another row uses. Answers how many rows there were. */
async function removeAll(deps: Deps, gone: Gone[]): Promise<number> {
  const before = new Date(Date.now() - deps.reconcileAgeMs)
  for (const { key } of gone) if (key !== null) await removeOrphan(deps, key, before)
  return gone.length
}
