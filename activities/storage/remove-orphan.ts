import { Prisma } from '../../prisma/client.ts'
import type { Storage } from './objects.ts'
import { isUsed } from './referring-columns.ts'

/** A store that does not answer must not hold a row for ever. */
const LONGEST_MS = 20_000

/** An object that nobody has a row for gets one that is as old as can be, so that it can be held while it is removed. */
export async function giveRow({ db }: Storage, key: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO stored_objects (key, content_type, touched_at) VALUES (${key}, 'application/octet-stream', to_timestamp(0))
    ON CONFLICT DO NOTHING`
}

/**
 * Looks once more whether anybody uses the object, or has touched it since `before`; if not, removes object and row and answers true. First the row says
 * `pending`: killed from here on, whoever wants the object stores it anew. Then the row is held until the object is gone: whoever
 * wants it waits for that long.
 */
export async function removeOrphan({ db, store }: Storage, key: string, before: Date): Promise<boolean> {
  const isOrphan = Prisma.sql`key = ${key} AND touched_at < ${before} AND NOT (${isUsed(key)})`
  await db.$executeRaw`UPDATE stored_objects SET status = 'pending' WHERE ${isOrphan}`
  return db.$transaction(
    async (tx) => {
      const held = await tx.$queryRaw<unknown[]>`SELECT 1 FROM stored_objects WHERE status = 'pending' AND ${isOrphan} FOR UPDATE`
      if (held.length === 0) return false
      await store.delete(key)
      await tx.storedObject.delete({ where: { key } })
      return true
    },
    { timeout: LONGEST_MS },
  )
}
