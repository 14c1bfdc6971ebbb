import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Database } from '../../prisma/client.ts'
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

async function begun(db: Database, key: string, meta: ObjectMeta): Promise<boolean> {
  const { contentType } = meta
  const row = await db.storedObject.upsert({ where: { key }, create: { key, contentType }, update: {}, select: { status: true } })
  return row.status === 'done'
}

async function finish(db: Database, key: string, bytes: number, digest: string): Promise<void> {
  await db.storedObject.update({
    where: { key },
    data: { status: 'done', bytes: BigInt(bytes), sha256: digest, doneAt: new Date() },
  })
}
