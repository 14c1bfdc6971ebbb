import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { publicHalf, signManifest, signingKey } from '../../shared/backup/manifest.ts'
import { places, readManifest } from '../../shared/backup/vault.ts'
import { crashPoints } from '../../shared/crash-points.ts'
import { bucketOfBackups, command, ended, keysOf, leftBehind, orderBackup } from '../setup/backups.ts'
import type { Backup } from '../setup/backups.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { startProgram } from './program.ts'
import type { Life } from './program.ts'

// A product of its own whose worker is started, killed and misled by this file.
let product: Product
let admin: Person
let worker: Life | undefined

beforeAll(async () => {
  product = await launchProduct(21_200, ['--fake', '--without', 'web', '--without', 'worker'])
  admin = await Person.admin(product.run)
})
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})
afterAll(() => product?.stop())

async function work(options: { env?: Record<string, string>; crashAt?: string[] } = {}): Promise<Life> {
  worker = startProgram(product, 'worker', options)
  await Promise.race([worker.ready, worker.death])
  return worker
}

const verifiedIn = async () => (await keysOf(product.run, 'verified/')).filter((key) => key.endsWith('/manifest.json')).length

/** A backup by a worker as it is now: how it ended. */
async function tried(env: Record<string, string>): Promise<Backup> {
  await work({ env })
  return ended(admin, (await orderBackup(admin)).id)
}

async function expectNotCounted(backup: Backup, before: number, why: string | RegExp): Promise<void> {
  expect(backup.status).toBe('failed')
  expect(backup.failure).toMatch(why)
  expect(await verifiedIn()).toBe(before)
}

it(
  'a backup whose worker is killed at every step ends verified, once, and leaves nothing behind',
  async () => {
    // Nothing is deleted while there is only one.
    const left = new Set<string>(crashPoints.backup.filter((point) => point !== 'backup.deleting'))
    const { id } = await orderBackup(admin)
    const before = await verifiedIn()
    while (left.size > 0) {
      const life = await work({ crashAt: [...left] })
      const death = await life.death
      expect(death.how, JSON.stringify(death)).toBe('crashed')
      if (death.how === 'crashed') left.delete(death.point)
      const backup = await admin.ok<Backup>('GET', `/api/admin/backups/${id}`)
      // Never counted before its manifest lies there.
      if (backup.status === 'verified') expect(await verifiedIn()).toBe(before + 1)
    }
    await work()
    expect(await ended(admin, id)).toMatchObject({ status: 'verified', failure: null })
    expect(await verifiedIn()).toBe(before + 1)
    // The last kill came after the row was ended: what lay there is removed when that step is done again.
    await expect.poll(() => leftBehind(product.run), { timeout: 60_000 }).toEqual([])
  },
  8 * 60_000,
)

it.each([
  ['flipped byte', (dump: Uint8Array) => dump.with(dump.length - 100, dump.at(-100)! ^ 1), /backup-damaged/],
  ['short object', (dump: Uint8Array) => dump.subarray(0, dump.length / 2), /backup-damaged/],
])('a dump with a %s never counts as verified', async (_name, spoil, why) => {
  const before = await verifiedIn()
  const { id } = await orderBackup(admin)
  await (
    await work({ crashAt: ['backup.dumped'] })
  ).death
  const bucket = bucketOfBackups(product.run)
  const [key] = await keysOf(product.run, 'incoming/')
  await bucket.put(key!, spoil(await bucket.get(key!)), { contentType: 'application/octet-stream' })
  bucket.close()
  await work()
  await expectNotCounted(await ended(admin, id), before, why)
  expect(await leftBehind(product.run)).toEqual([])
})

it('a row that is lost or changed on the way never counts as verified', async () => {
  const before = await verifiedIn()
  const { id } = await orderBackup(admin)
  await (
    await work({ crashAt: ['backup.dumped'] })
  ).death
  await rows(
    product.run,
    `UPDATE backups SET figures = jsonb_set(figures, '{tables,public.voices,checksum}', '"1"') WHERE id = $1`,
    [id],
  )
  await work()
  await expectNotCounted(await ended(admin, id), before, /backup-differs: .*public\.voices: another checksum/)
})

it('programs of another version, or none, never count as verified', async () => {
  const before = await verifiedIn()
  const folder = join(product.dataDirectory, 'other-programs')
  mkdirSync(folder)
  const older = join(folder, 'pg_dump')
  writeFileSync(
    older,
    `#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 16.4" && exit\nexec ${product.run.settings['PG_DUMP_PATH']} "$@"\n`,
  )
  chmodSync(older, 0o755)
  await expectNotCounted(await tried({ PG_DUMP_PATH: older }), before, /backup-version-mismatch: .* 17.* 16/)
  await worker!.stop()
  await expectNotCounted(await tried({ PG_DUMP_PATH: join(folder, 'nothing') }), before, /backup-program-missing/)
})

it('a pg_dump that breaks off in the middle never counts as verified', async () => {
  const before = await verifiedIn()
  const broken = join(product.dataDirectory, 'pg_dump_broken')
  const real = product.run.settings['PG_DUMP_PATH']!
  // Ends well, with half of the bytes: only the restore can tell.
  writeFileSync(broken, `#!/bin/sh\n[ "$1" = --version ] && exec ${real} --version\n${real} "$@" | head -c 30000\n`)
  chmodSync(broken, 0o755)
  await expectNotCounted(await tried({ PG_DUMP_PATH: broken }), before, /backup-program-failed: pg_restore ended with 1/)
})

it('a bucket that is not there, or without rights, is said at once', async () => {
  const before = await verifiedIn()
  await expectNotCounted(await tried({ BACKUP_BUCKET: 'aimake-nowhere' }), before, /backup-bucket-refused: .*404/)
  await worker!.stop()
  const strange = { BACKUP_S3_ACCESS_KEY: 'somebody', BACKUP_S3_SECRET_KEY: 'somebody-else' }
  await expectNotCounted(await tried(strange), before, /backup-bucket-refused: .*403/)
})

it('encryption that was asked for but is impossible fails; possible, it is dumped, drilled and restored encrypted', async () => {
  const before = await verifiedIn()
  await expectNotCounted(await tried({ BACKUP_ENCRYPTION: 'age' }), before, /backup-encryption-impossible/)
  await worker!.stop()
  const { generateIdentity, identityToRecipient } = await import('age-encryption')
  const identity = await generateIdentity()
  const keys = { BACKUP_ENCRYPTION: 'age', BACKUP_AGE_RECIPIENTS: await identityToRecipient(identity) }
  await expectNotCounted(await tried(keys), before, /backup-encryption-impossible/)
  await worker!.stop()
  const backup = await tried({ ...keys, BACKUP_AGE_IDENTITIES: identity })
  expect(backup).toMatchObject({ status: 'verified', encrypted: true })
  const bucket = bucketOfBackups(product.run)
  expect(Buffer.from(await bucket.getRange(backup.dumpObject!, 0, 21)).toString()).toBe('age-encryption.org/v1')
  bucket.close()
  const locked = await command(product, 'restore', ['--dry-run', '--backup', backup.id])
  expect(locked).toMatchObject({ code: 1, said: expect.stringContaining('no identity') })
  const unlocked = await command(product, 'restore', ['--dry-run', '--backup', backup.id], {
    env: { BACKUP_AGE_IDENTITIES: identity },
  })
  expect(unlocked.code).toBe(0)
})

it('a clock that is 40 days off: the backup counts, is marked, and deletes nothing', async () => {
  const before = await verifiedIn()
  const shift = 40 * 86_400_000
  const wrongClock = `data:text/javascript,const now = Date.now.bind(Date), Real = Date; globalThis.Date = class extends Real { constructor(...given) { super(...(given.length ? given : [now() + ${shift}])) } static now() { return now() + ${shift} } }`
  const backup = await tried({ NODE_OPTIONS: `--import=${encodeURI(wrongClock).replaceAll("'", '%27')}` })
  expect(backup).toMatchObject({ status: 'verified', anomalies: ['clock'] })
  expect(await verifiedIn()).toBe(before + 1)
})

// Only root may make a disk that is small; elsewhere this says that it was passed over.
const mayMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0
it.skipIf(!mayMount)('a full disk under the scratch database: never verified, said at once, and nothing is left', async () => {
  const before = await verifiedIn()
  const disk = join(product.dataDirectory, 'small-disk')
  mkdirSync(disk)
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,uid=65534,gid=65534,mode=700', 'tmpfs', disk]).status).toBe(0)
  const as = asSuperuser()
  try {
    await rows(as, `CREATE TABLESPACE small LOCATION '${disk}'`)
    await rows(as, 'GRANT CREATE ON TABLESPACE small TO aimake_backup')
    await rows(as, 'ALTER ROLE aimake_backup SET default_tablespace = small')
    await expectNotCounted(await tried({}), before, /backup-impossible: .*(No space left|could not extend)/s)
    expect(await leftBehind(product.run)).toEqual([])
  } finally {
    await rows(as, 'ALTER ROLE aimake_backup RESET default_tablespace')
    await rows(as, 'DROP TABLESPACE IF EXISTS small')
    spawnSync('umount', [disk])
  }
})

it('old backups go as retention allows, three at most, and one that was begun is ended after a kill; none goes on an anomaly day', async () => {
  await work()
  const { id } = await ended(admin, (await orderBackup(admin)).id)
  await worker!.stop()
  const days = Array.from({ length: 70 }, (_, day) => 10 + day)
  await plant(id, days)
  const before = await verifiedIn()
  const next = await orderBackup(admin)
  const death = await (await work({ crashAt: ['backup.deleting'] })).death
  expect(death.how).toBe('crashed')
  await work()
  expect((await ended(admin, next.id)).status).toBe('verified')
  // The one that was begun when it died, and three of the next try.
  const gone = before + 1 - (await verifiedIn())
  expect(gone).toBeGreaterThanOrEqual(3)
  expect(gone).toBeLessThanOrEqual(4)
  const deleted = await rows(product.run, `SELECT id FROM backups WHERE status = 'deleted'`)
  expect(deleted).toHaveLength(gone)
  const folders = new Set((await keysOf(product.run, 'verified/')).map((key) => key.split('/')[1]))
  expect(folders.size).toBe(await verifiedIn())
  // A day on which half is missing, against a backup that holds the rows of those planted above.
  const usual = await ended(admin, (await orderBackup(admin)).id)
  await rows(product.run, `UPDATE backups SET rows = rows * 2, bytes = bytes * 2 WHERE id = $1`, [usual.id])
  const still = await verifiedIn()
  const strange = await ended(admin, (await orderBackup(admin)).id)
  expect(strange).toMatchObject({ status: 'verified', anomalies: ['smaller', 'fewer-rows'] })
  expect(await verifiedIn()).toBe(still + 1)
})

/** Backups of earlier days, as they would be there: the same dump, each with a manifest of its own. */
async function plant(id: string, daysAgo: number[]): Promise<void> {
  const key = signingKey(product.run.settings['BACKUP_SIGNING_KEY']!)
  const bucket = bucketOfBackups(product.run)
  const manifest = await readManifest(bucket, [publicHalf(key)], id)
  for (const days of daysAgo) {
    const backupId = randomUUID()
    const takenAt = new Date(Date.now() - days * 86_400_000).toISOString()
    const dump = { ...manifest.dump, object: places.dump(backupId) }
    await bucket.copy(manifest.dump.object, dump.object, dump.bytes)
    const signed = signManifest({ ...manifest, backupId, takenAt, verifiedAt: takenAt, dump }, key)
    await bucket.put(places.manifest(backupId), signed, { contentType: 'application/json' })
  }
  bucket.close()
}

/** The run with the rights of the one who looks after the server. */
function asSuperuser(): Product['run'] {
  const secrets = JSON.parse(readFileSync(join(product.dataDirectory, 'secrets.json'), 'utf8')) as Record<string, string>
  const superuser = new URL(product.run.settings['DATABASE_OWNER_URL']!)
  superuser.username = 'postgres'
  superuser.password = secrets['postgresPassword']!
  return { settings: { DATABASE_OWNER_URL: superuser.href } } as unknown as Product['run']
}

it('a worker that is led to a restored database writes nothing into it and stops', async () => {
  const life = await work()
  await rows(product.run, 'UPDATE database_epoch SET epoch = gen_random_uuid()')
  await rows(asSuperuser(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'aimake_app'`)
  const before = await rows(product.run, 'SELECT count(*) FROM backups WHERE status = $1', ['verified'])
  const { id } = await orderBackup(admin)
  expect((await life.death).how).toBe('by-itself')
  expect((await rows<{ step: string }>(product.run, 'SELECT step FROM backups WHERE id = $1', [id]))[0]!.step).toBe('checking')
  expect(await rows(product.run, 'SELECT count(*) FROM backups WHERE status = $1', ['verified'])).toEqual(before)
  // Started anew it belongs to the new epoch.
  await work()
  expect((await ended(admin, id)).status).toBe('verified')
})
