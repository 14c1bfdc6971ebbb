import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { bucketOfBackups, command, ended, keysOf, leftBehind, orderBackup } from '../setup/backups.ts'
import type { Backup } from '../setup/backups.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'

// A product of its own: what is made here is restored, and what is erased must stay so.
let product: Product
let admin: Person
let person: Person

beforeAll(async () => {
  product = await launchProduct(21_000, ['--fake', '--without', 'web'])
  admin = await Person.admin(product.run)
  person = await Person.signUp(product.run)
  const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
  const { id } = await person.order({
    kind: 'podcast',
    notice: false,
    speakers,
    sources: [{ type: 'script', text: script(6, '备份') }],
  })
  await person.ready(id)
})
afterAll(() => product?.stop())

const count = async (sql: string, values: unknown[] = []) =>
  (await rows<{ count: number }>(product.run, `SELECT count(*)::int AS count FROM ${sql}`, values))[0]!.count

it('a backup is made, restored once to prove it, and counts only then; two at once are one', async () => {
  const [first, second] = await Promise.all([0, 1].map(() => admin.ask('POST', '/api/admin/backups')))
  expect([first!.status, second!.status].toSorted((a, b) => a - b)).toEqual([202, 409])
  const { id } = (await (first!.status === 202 ? first! : second!).json()) as Backup
  const backup = await ended(admin, id)
  expect(backup).toMatchObject({
    status: 'verified',
    failure: null,
    anomalies: [],
    encrypted: false,
    requestedBy: product.run.admin.email,
  })
  expect(backup.drill!.differences).toEqual([])
  expect(backup.drill!.smoke).toMatchObject({ episodes: 1, users: await count('users') })
  expect(backup.drill!.tables).toBe(backup.tables)
  expect(backup.drill!.compared['constraints']).toBeGreaterThan(40)
  expect(backup.objects).toBe(await count(`stored_objects WHERE status = 'done'`))
  expect(await keysOf(product.run, `verified/${id}/`)).toEqual(
    ['database.dump', 'manifest.json', 'objects.jsonl.gz'].map((name) => `verified/${id}/${name}`),
  )
  expect(await leftBehind(product.run)).toEqual([])
  expect(await count(`audit_log WHERE subject = 'backup:${id}' AND action = 'backup.order'`)).toBe(1)
})

it('one scheduled time is one backup, however often it is started', async () => {
  const connection = await Connection.connect({ address: product.run.settings['TEMPORAL_ADDRESS']! })
  try {
    const schedule = new Client({ connection }).schedule.getHandle('backup-daily')
    const { policies } = await schedule.describe()
    expect(policies.overlap).toBe('SKIP')
    const yesterday = new Date(Date.now() - 86_400_000)
    const day = {
      start: new Date(yesterday.setUTCHours(0, 0, 0, 0)),
      end: new Date(yesterday.getTime() + 86_399_000),
      overlap: 'ALLOW_ALL',
    } as const
    await schedule.backfill([day])
    const key = `scheduled ${yesterday.toISOString().slice(0, 10)}T03:07:00.000Z`
    const status = async () =>
      (
        await rows<{ status: string }>(product.run, 'SELECT status::text FROM backups WHERE key = $1 AND ended_at IS NOT NULL', [
          key,
        ])
      )[0]?.status
    await expect.poll(status, { timeout: 60_000, interval: 300 }).toBe('verified')
    const before = await count('backups')
    await schedule.backfill([day])
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(await count('backups')).toBe(before)
  } finally {
    await connection.close()
  }
})

it('a backup is never deleted by hand, and whoever tries is written down; nobody else may see them', async () => {
  const { data } = await admin.ok<{ data: Backup[] }>('GET', '/api/admin/backups?filter={"status":"verified"}')
  const { id } = data[0]!
  const refused = await admin.ask('DELETE', `/api/admin/backups/${id}`)
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'kept-by-policy' })
  expect(await count(`audit_log WHERE subject = 'backup:${id}' AND action = 'backup.delete-refused'`)).toBe(1)
  expect((await admin.ok<Backup>('GET', `/api/admin/backups/${id}`)).status).toBe('verified')
  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', `/${id}`],
    ['POST', `/${id}/verify`],
    ['DELETE', `/${id}`],
  ] as const)
    expect((await person.ask(method, `/api/admin/backups${path}`)).status).toBe(403)
  expect((await admin.ask('POST', `/api/admin/backups/${randomUUID()}/verify`)).status).toBe(404)
  expect((await admin.ask('GET', '/api/admin/backups?filter={"status":"nonsense"}')).status).toBe(400)
})

it('the command makes one and shows how it goes', async () => {
  const { code, said } = await command(product, 'backup', [])
  expect(said).toMatch(/is verified: [\d.]+ MB, \d+ rows/)
  expect(code).toBe(0)
})

it('a kept backup is proven anew; a changed byte, a short object and a swapped manifest make it count no more', async () => {
  const [one, other] = [await ended(admin, (await orderBackup(admin)).id), await ended(admin, (await orderBackup(admin)).id)]
  const verify = async ({ id }: Backup) => {
    await admin.ok('POST', `/api/admin/backups/${id}/verify`)
    return ended(admin, id)
  }
  const anew = await verify(one)
  expect(anew.status).toBe('verified')
  expect(anew.drilledAt! > one.drilledAt!).toBe(true)
  const bucket = bucketOfBackups(product.run)
  try {
    const dump = await bucket.get(one.dumpObject!)
    const meta = { contentType: 'application/octet-stream' }
    const spoiled: [string, Uint8Array][] = [
      ['a changed byte', dump.with(Math.floor(dump.length / 2), dump[Math.floor(dump.length / 2)]! ^ 1)],
      ['a short object', dump.subarray(0, dump.length - 1)],
    ]
    for (const [, bytes] of spoiled) {
      await bucket.put(one.dumpObject!, bytes, meta)
      expect(await verify(one)).toMatchObject({ status: 'damaged', failure: expect.stringContaining('backup-damaged') })
      expect((await command(product, 'restore', ['--dry-run', '--backup', one.id])).code).toBe(1)
    }
    await bucket.put(one.dumpObject!, dump, meta)
    expect((await verify(one)).status).toBe('verified')
    const manifest = await bucket.get(`verified/${other.id}/manifest.json`)
    await bucket.put(`verified/${other.id}/manifest.json`, await bucket.get(`verified/${one.id}/manifest.json`), meta)
    expect(await verify(other)).toMatchObject({ status: 'damaged', failure: expect.stringContaining('belongs to the backup') })
    expect((await command(product, 'restore', ['--list'])).said).toContain(`${other.id}  NOT TO BE TRUSTED`)
    await bucket.put(`verified/${other.id}/manifest.json`, manifest, meta)
    expect((await verify(other)).status).toBe('verified')
  } finally {
    bucket.close()
  }
  expect(await leftBehind(product.run)).toEqual([])
})

it('a restore into the live database, into one that is not empty, with a wrong key or without the typed name changes nothing', async () => {
  const { DATABASE_OWNER_URL: owner, DATABASE_URL: live } = product.run.settings as {
    DATABASE_OWNER_URL: string
    DATABASE_URL: string
  }
  const before = await count('users')
  for (const url of [owner, live, owner.replace('127.0.0.1', 'localhost')]) {
    const { code, said } = await command(product, 'restore', ['--to', url], { typed: 'aimake\n' })
    expect(said).toContain('cannot be restored there')
    expect(said).toContain('is not empty')
    expect(code).toBe(1)
  }
  expect(await count('users')).toBe(before)
  const { BACKUP_SIGNING_KEY: _key, ...settings } = product.run.settings
  const strange = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const env = { ...settings, AIMAKE_DATA_DIR: '/nowhere', BACKUP_VERIFY_KEYS: strange }
  const withStrangeKey = await command(product, 'restore', ['--dry-run'], { env })
  expect(withStrangeKey).toMatchObject({ code: 1, said: expect.stringContaining('no backup whose signature is right') })
  const empty = await emptyDatabase('aimake_untouched')
  const untyped = await command(product, 'restore', ['--to', empty], { typed: 'something else\n' })
  expect(untyped).toMatchObject({ code: 1, said: expect.stringContaining('the name was not typed') })
  expect(await tablesIn(empty)).toBe(0)
})

it('is restored into an empty database: all that was there, but not whom was erased since, nobody signed in, and a new epoch', async () => {
  const erased = await Person.signUp(product.run)
  const [{ id: userId }] = (await rows<{ id: string }>(product.run, 'SELECT id FROM users ORDER BY created_at DESC LIMIT 1')) as [
    { id: string },
  ]
  expect((await erased.ask('GET', '/api/episodes')).status).toBe(200)
  const backup = await ended(admin, (await orderBackup(admin)).id)
  // Erased after the backup, and written down outside of it by the hands.
  await rows(product.run, 'DELETE FROM users WHERE id = $1', [userId])
  const connection = await Connection.connect({ address: product.run.settings['TEMPORAL_ADDRESS']! })
  await new Client({ connection }).activity.execute('bury', {
    id: `bury-${userId}`,
    taskQueue: 'episodes',
    args: [{ kind: 'user', subjectId: userId }],
    startToCloseTimeout: '30 seconds',
  })
  await connection.close()
  const target = await emptyDatabase('aimake_restored')
  const dry = await command(product, 'restore', ['--dry-run', '--to', target, '--backup', backup.id])
  expect(dry).toMatchObject({ code: 0, said: expect.stringContaining('nothing was changed') })
  expect(await tablesIn(target)).toBe(0)
  const { code, said } = await command(product, 'restore', ['--to', target, '--backup', backup.id], {
    typed: 'aimake_restored\n',
  })
  expect(said).toContain('1 users, 0 keys')
  expect(code).toBe(0)
  const there = new pg.Client({ connectionString: target })
  await there.connect()
  const ask = async (sql: string) => Number((await there.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`)).rows[0]!.n)
  expect(await ask(`users WHERE id = '${userId}'`)).toBe(0)
  expect(await ask('sessions')).toBe(0)
  expect(await ask('users')).toBe(backup.drill!.smoke['users']! - 1)
  expect(await ask('episodes')).toBe(1)
  expect(await ask(`tombstones WHERE subject_id = '${userId}'`)).toBe(1)
  expect(await ask(`backups WHERE status = 'running'`)).toBe(0)
  const { rows: epochs } = await there.query<{ epoch: string }>('SELECT epoch FROM database_epoch')
  expect(epochs[0]!.epoch).not.toBe((await rows<{ epoch: string }>(product.run, 'SELECT epoch FROM database_epoch'))[0]!.epoch)
  await there.end()
})

/** An empty database of the owner. */
async function emptyDatabase(name: string): Promise<string> {
  await rows(product.run, `CREATE DATABASE ${name}`)
  const url = new URL(product.run.settings['DATABASE_OWNER_URL']!)
  url.pathname = `/${name}`
  return url.href
}

async function tablesIn(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: found } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM pg_tables WHERE schemaname = 'public'`)
    return Number(found[0]!.n)
  } finally {
    await client.end()
  }
}
