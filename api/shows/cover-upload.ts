import { createHash } from 'node:crypto'
import { imageSize } from 'image-size'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { HttpProblem } from '../http/problem.ts'

/** What Apple takes: square, 1400 to 3000 pixels, PNG or JPEG. */
const LEAST_PIXELS = 1400
const MOST_PIXELS = 3000
const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg' }

/**
 * Judges a picture by its content, not by its name, and keeps it. Answers its key. Throws `cover-unusable` for one that directories would refuse. Its row comes
 * before its first byte and says `done` after its last, as for every object of the house.
 */
export async function keepCover({ db, store }: { db: Database; store: ObjectStore }, bytes: Uint8Array): Promise<string> {
  const { ending, contentType } = judge(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = `covers/${sha256}.${ending}`
  const [row] = await db.$queryRaw<{ status: string }[]>`
    INSERT INTO stored_objects (key, content_type) VALUES (${key}, ${contentType})
    ON CONFLICT (key) DO UPDATE SET touched_at = now() RETURNING status::text`
  if (row!.status === 'done') return key
  await store.put(key, bytes, { contentType, cacheControl: 'public, max-age=31536000, immutable' })
  await db.storedObject.update({
    where: { key },
    data: { status: 'done', bytes: BigInt(bytes.length), sha256, doneAt: new Date() },
  })
  return key
}

function judge(bytes: Uint8Array): { ending: string; contentType: string } {
  const { type, width, height } = sizeOf(bytes)
  const contentType = types[type ?? '']
  if (!contentType) throw unusable('It is neither a PNG nor a JPEG.')
  if (!endsWhole(bytes, type!)) throw unusable('It is cut off.')
  if (width !== height) throw unusable(`It is ${width} by ${height} pixels, and has to be square.`)
  if (width < LEAST_PIXELS || width > MOST_PIXELS)
    throw unusable(`It is ${width} pixels wide, and has to be ${LEAST_PIXELS} to ${MOST_PIXELS}.`)
  return { ending: type!, contentType }
}

function sizeOf(bytes: Uint8Array) {
  try {
    // A copy with nothing behind it: the header of a picture that is too short would be read from whatever lies there.
    return imageSize(Uint8Array.from(bytes))
  } catch {
    throw unusable('It is no picture that can be read.')
  }
}

/** PNG ends with its chunk IEND, JPEG with its mark of the end, perhaps with a few bytes behind it. */
function endsWhole(bytes: Uint8Array, type: string): boolean {
  const end = Buffer.from(bytes.subarray(-64))
  return type === 'png' ? end.includes('IEND') : end.includes(Buffer.from([0xff, 0xd9]))
}

const unusable = (why: string) => new HttpProblem('cover-unusable', `${why} Nothing was changed.`)
