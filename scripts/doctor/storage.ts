import { createHash, randomUUID } from 'node:crypto'
import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import { Trouble } from '../checklist/checklist.ts'
import { asked } from './doors.ts'

/** Whether the key may write, read, sign for and delete in the bucket, and whether our pages may read what it signs. */
export async function lookAtStorage(settings: ObjectStoreSettings, origins: string[]): Promise<string> {
  const store = new ObjectStore(settings)
  const key = `doctor/${randomUUID()}`
  const body = Buffer.from(`written by the doctor at ${new Date().toISOString()}`)
  try {
    await store.put(key, body, { contentType: 'text/plain' }, AbortSignal.timeout(10_000))
    const back = await store.get(key)
    if (digest(back) !== digest(body))
      throw new Trouble('what is read is not what was written', 'do not go on: ask the provider of the storage')
    const link = await store.link(key)
    for (const origin of origins) await readAs(origin, link)
    return `${settings.S3_BUCKET} can be written, read and deleted from${origins.length > 0 ? ', and read by our pages' : ''}`
  } finally {
    await store.delete(key).catch(() => {})
    store.close()
  }
}

async function readAs(origin: string, link: string): Promise<void> {
  const answer = await asked(link, { headers: { origin } })
  await answer.arrayBuffer()
  if (answer.status !== 200)
    throw new Trouble(`a signed link answered ${answer.status}`, 'S3_ENDPOINT (or CDN_URL) must be the address browsers use too')
  const allowed = answer.headers.get('access-control-allow-origin')
  if (allowed !== origin && allowed !== '*')
    throw new Trouble(`pages of ${origin} may not read from it`, 'npm run bucket -- --apply (deploy/r2)')
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
