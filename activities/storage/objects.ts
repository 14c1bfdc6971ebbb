import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Database } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import type { ObjectMeta, ObjectStore } from '../../shared/object-store.ts'

export interface Storage {
  db: Database
  store: ObjectStore
}

/** Content-addressed bytes never change, so whoever has them may keep them for ever. */
export const FOR_EVER = 'public, max-age=31536000, immutable'

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/**
 * Stores bytes under a key that only these bytes can have. The row comes first and says `done` last, so that no object
 * is ever without a row; done already, it is not sent again.
 */
export async function storeObject(
  { db, store }: Storage,
  key: string,
  body: Uint8Array,
  meta: ObjectMeta,
  signal?: AbortSignal,
): Promise<void> {
  if (await begun(db, key, meta)) return
  await store.put(key, body, meta, signal)
  await finish(db, key, body.length, sha256(body))
}

/** The same for a stream whose length is known before: a shorter or longer one never becomes `done`. */
export async function storeStream(
  { db, store }: Storage,
  key: string,
  bytes: number,
  body: () => Readable,
  meta: ObjectMeta,
  signal?: AbortSignal,
): Promise<void> {
  if (await begun(db, key, meta)) return
  const digest = createHash('sha256')
  const stream = body()
  stream.on('data', (chunk: Uint8Array) => digest.update(chunk))
  stream.pause()
  await store.putStream(key, stream, meta, signal)
  const stored = await store.size(key)
  if (stored !== bytes) throw new Error(`the store kept ${stored} of ${bytes} bytes of ${key}`)
  await finish(db, key, bytes, digest.digest('hex'))
}

/** Removes an object, then its row: killed in between, the row still leads to what is left. */
export async function removeObject({ db, store }: Storage, key: string): Promise<void> {
  await store.delete(key)
  await db.storedObject.deleteMany({ where: { key } })
}

/** Whether the object is there; said by somebody who is about to refer to it. */
export async function isStored(db: Database, key: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ status: string }[]>`
    UPDATE stored_objects SET touched_at = now() WHERE key = ${key} RETURNING status::text`
  return rows[0]?.status === 'done'
}

/** Whoever is about to refer to an object says so first: a reconciliation leaves alone what was touched within the hour. */
async function begun(db: Database, key: string, { contentType }: ObjectMeta): Promise<boolean> {
  const [row] = await db.$queryRaw<{ status: string }[]>`
    INSERT INTO stored_objects (key, content_type) VALUES (${key}, ${contentType})
    ON CONFLICT (key) DO UPDATE SET touched_at = now() RETURNING status::text`
  passing('object.begun')
  return row!.status === 'done'
}

async function finish(db: Database, key: string, bytes: number, digest: string): Promise<void> {
  passing('object.put')
  await db.storedObject.update({
    where: { key },
    data: { status: 'done', bytes: BigInt(bytes), sha256: digest, doneAt: new Date() },
  })
  passing('object.done')
}
