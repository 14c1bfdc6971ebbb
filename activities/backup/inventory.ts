import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { DigestStream } from '../../shared/backup/digest-stream.ts'
import type { ObjectStore } from '../../shared/object-store.ts'

export interface Inventory {
  object: string
  objects: number
  bytes: number
  sha256: string
}

/** Lists every object of `from` into one object of `to`, a line each: after a restore it says what there should be. */
export async function takeInventory(from: ObjectStore, to: ObjectStore, object: string, signal: AbortSignal): Promise<Inventory> {
  let [objects, bytes] = [0, 0]
  async function* lines() {
    for await (const page of from.pages()) {
      signal.throwIfAborted()
      objects += page.length
      for (const each of page) bytes += each.bytes
      yield page.map(({ key, bytes: size, etag }) => `${JSON.stringify({ key, bytes: size, etag })}\n`).join('')
    }
  }
  const digest = new DigestStream()
  const source = Readable.from(lines(), { objectMode: false })
  const gzip = createGzip()
  source.once('error', (error) => gzip.destroy(error))
  gzip.once('error', (error) => digest.destroy(error))
  await to.putStream(object, source.pipe(gzip).pipe(digest), { contentType: 'application/gzip' }, signal)
  return { object, objects, bytes, sha256: digest.digest().sha256 }
}
