import type { components } from '../../api/openapi.d.ts'
import type { Run } from './launch.ts'
import { Person } from './person.ts'
import { png } from './picture.ts'
import { DEAF_RECEIVER } from './product.ts'
import { rows } from './store.ts'

type Script = components['schemas']['Script']

/** Something real for every name that stands in the address of a route. */
export interface Belongings {
  episode: string
  revision: string
  lines: { id: string; text: string }[]
  show: string
  feed: string
  feedToken: string
  shareToken: string
  shareUrl: string
  webhook: string
  delivery: string
  source: string
  upload: string
  key: string
  session: string
}

export const PASSWORD = 'a long password'

/** One of everything that is somebody's. The episode is finished, published in the show and shared. */
export async function belongingsOf(run: Run, person: Person): Promise<Belongings> {
  const { email } = await person.who()
  const { id: show } = await person.ok<{ id: string }>('POST', '/api/shows', { title: 'Tea', language: 'en' })
  const cover = await person.ask('PUT', `/api/shows/${show}/cover`, png(1400), { 'content-type': 'image/png' })
  if (!cover.ok) throw new Error(await cover.text())
  const feed = await person.ok<{ id: string; url: string }>('POST', `/api/shows/${show}/feeds`, { kind: 'private' })
  const hook = await person.ok<{ id: string }>('POST', '/api/webhooks', {
    url: DEAF_RECEIVER,
    events: ['episode.ready'],
  })
  const delivery = await person.ok<{ id: string }>('POST', `/api/webhooks/${hook.id}/test`)
  const upload = await person.ok<{ uploadId: string; method: string; url: string; headers: Record<string, string> }>(
    'POST',
    '/api/uploads',
    { name: 'tea.txt', bytes: 16 },
  )
  await fetch(upload.url, { method: upload.method, headers: upload.headers, body: 'Tea is a drink.\n' })
  const source = await person.ok<{ id: string }>('POST', '/api/sources', { type: 'file', uploadId: upload.uploadId })
  const key = await person.ok<{ id: string }>('POST', '/api/keys', { name: 'spare', scopes: ['read'] })
  const elsewhere = new Person(run)
  await elsewhere.ok('POST', '/api/auth/sign-in/email', { email, password: PASSWORD })
  const { items } = await elsewhere.ok<{ items: { id: string; isThisOne: boolean }[] }>('GET', '/api/account/sessions')
  const { id: episode } = await person.order({
    kind: 'narration',
    notice: false,
    sources: [{ type: 'text', text: `Tea is a drink. ${crypto.randomUUID()}` }],
  })
  await person.ready(episode)
  await person.ok('PUT', `/api/shows/${show}/episodes/${episode}`, { published: true })
  const share = await person.ok<{ url: string }>('POST', `/api/episodes/${episode}/share`)
  const script = await person.ok<Script>('GET', `/api/episodes/${episode}/script`)
  return {
    episode,
    revision: script.revision,
    lines: script.lines.map(({ id, text }) => ({ id, text })),
    show,
    feed: feed.id,
    feedToken: /feeds\/([\w-]+)\.xml/.exec(feed.url)![1]!,
    shareToken: share.url.split('/').at(-1)!,
    shareUrl: share.url,
    webhook: hook.id,
    delivery: delivery.id,
    source: source.id,
    upload: upload.uploadId,
    key: key.id,
    session: items.find(({ isThisOne }) => isThisOne)!.id,
  }
}

/** What stands in the addresses of the console. */
export interface HouseThings {
  user: string
  session: string
  key: string
  notice: string
  price: string
  backup: string
  episode: string
}

/** Things of the console that may be changed without harm: somebody with a session and a key, a notice, a price of tomorrow. */
export async function houseThings(run: Run, admin: Person, episode: string): Promise<HouseThings> {
  const bystander = await Person.signUp(run)
  const { id: user } = await bystander.who()
  const { data } = await admin.ok<{ data: { id: string }[] }>('GET', `/api/admin/users/${user}/sessions`)
  const { id: key } = await bystander.ok<{ id: string }>('POST', '/api/keys', { name: 'theirs', scopes: ['read'] })
  const { id: notice } = await admin.ok<{ id: string }>('POST', '/api/admin/notices', { zh: '维护', en: 'Maintenance' })
  const effectiveFrom = new Date(Date.now() + 86_400_000 + Math.floor(Math.random() * 1e9)).toISOString()
  const price = { provider: 'openai', model: 'tts-1', unit: 'character', microUsd: 15, perUnits: 1, effectiveFrom }
  const { id: priceId } = await admin.ok<{ id: string }>('POST', '/api/admin/prices', price)
  const [backup] = await rows<{ id: string }>(run, `SELECT id FROM backups WHERE status = 'verified' LIMIT 1`)
  return { user, session: data[0]!.id, key, notice, price: priceId, backup: backup!.id, episode }
}
