import { randomUUID } from 'node:crypto'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { cleanText, hasSpeech } from '../../shared/text.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import { lockPerson, openUploads } from './sources.repo.ts'
import type { UploadRequest } from './sources.schema.ts'

const LINK_SECONDS = 900
/** What one person may have lying here unread within a day. */
const MOST_OPEN = 40
const MOST_OPEN_BYTES = 500 * 1024 * 1024
/** Bytes of strangers are never shown as a page, whatever is in them. */
const CONTENT_TYPE = 'application/octet-stream'

export class UploadService {
  private readonly db: Database
  private readonly store: ObjectStore

  constructor(db: Database, store: ObjectStore) {
    this.db = db
    this.store = store
  }

  /**
   * A place for a file, under a key of its own within its owner's part of the store; whoever holds the link can send exactly so many bytes there and
   * nothing else. What they are is found out when they are read.
   */
  async announce({ userId }: Caller, { name, bytes }: UploadRequest) {
    const id = randomUUID()
    const objectKey = `uploads/${userId}/${id}`
    await this.db.$transaction(async (tx) => {
      await lockPerson(tx, userId)
      const { _count, _sum } = await openUploads(tx, userId)
      if (_count >= MOST_OPEN || (_sum.bytes ?? 0) + bytes > MOST_OPEN_BYTES)
        throw new HttpProblem('too-many-requests', 'Too many files wait to be read. Order something of them, or wait a day.', {
          retryAfterSeconds: 3600,
        })
      // The row of the object comes before its first byte: what is without one is an orphan.
      await tx.storedObject.create({ data: { key: objectKey, contentType: CONTENT_TYPE } })
      await tx.upload.create({ data: { id, userId, name: nameOf(name), bytes, objectKey } })
    })
    const url = await this.store.uploadLink(objectKey, { bytes, contentType: CONTENT_TYPE, seconds: LINK_SECONDS })
    return {
      uploadId: id,
      method: 'PUT' as const,
      url,
      headers: { 'content-type': CONTENT_TYPE },
      expiresAt: new Date(Date.now() + LINK_SECONDS * 1000).toISOString(),
    }
  }
}

/** Without folders: a browser sends them where a whole folder is dropped. */
function nameOf(raw: string): string {
  const name = cleanText(raw).replaceAll('\n', ' ').split(/[/\\]/).at(-1)!.trim()
  return hasSpeech(name) ? name : 'file'
}
