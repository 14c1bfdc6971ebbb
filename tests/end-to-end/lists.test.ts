import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import { program, verdicts } from '../deployment/program.ts'
import { secureDoor } from '../deployment/secure-door.ts'
import type { SecureDoor } from '../deployment/secure-door.ts'
import { readRun } from '../setup/person.ts'

const run = readRun()
const backup = 'verified/of-a-test.json'
let door: SecureDoor
let watcher: Server
let watcherUrl: string
let told: string[] = []
let answer = 200

/** Sentry, Axiom and Alertmanager as far as the lists speak to them; `answer` is what they say. */
function watch(path: string): string {
  if (path.includes('/ingest')) return '{"ingested":1,"failed":0}'
  const [sent, refused] = [told.filter((one) => one === '/api/v2/alerts').length, answer === 200 ? 0 : 1]
  if (path === '/metrics')
    return `alertmanager_notifications_total{integration="slack"} ${sent}\nalertmanager_notifications_failed_total{integration="slack"} ${sent * refused}\n`
  return '{}'
}

const backups = () =>
  new ObjectStore({ S3_REGION: 'auto', ...run.settings, S3_BUCKET: 'aimake-backups' } as unknown as ObjectStoreSettings)

beforeAll(async () => {
  door = await secureDoor(run.api, 90)
  watcher = createServer((req, res) => {
    told.push(req.url!)
    req.resume().on('end', () => res.writeHead(req.url === '/metrics' ? 200 : answer).end(watch(req.url!)))
  })
  await new Promise<void>((resolve) => watcher.listen(0, '127.0.0.1', resolve))
  watcherUrl = `http://127.0.0.1:${(watcher.address() as AddressInfo).port}`
})
afterAll(() => {
  door.close()
  watcher.close()
})

/** The settings of a launch that is well prepared, but for what the product's launcher sets for a laptop. */
const prepared = () => ({
  ...run.settings,
  ENVIRONMENT: 'production',
  PUBLIC_URL: door.url,
  NODE_EXTRA_CA_CERTS: door.authority,
  SENTRY_DSN: watcherUrl.replace('://', '://key-of-a-test@') + '/7',
  AXIOM_TOKEN: 'token-of-a-test',
  AXIOM_URL: watcherUrl,
})

const doctor = (changed: Record<string, string> = {}, without: string[] = []) =>
  program(['scripts/doctor.ts', ...['rate limit', ...without].flatMap((name) => ['--without', name])], {
    ...prepared(),
    ...changed,
  })

describe('the list before launch', () => {
  it('finds a prepared environment well, line by line', async () => {
    const store = backups()
    await store.put(backup, Buffer.from('{}'), { contentType: 'application/json' })
    const { code, said } = await doctor()
    await store.delete(backup)
    store.close()
    expect(verdicts(said)).toEqual({
      settings: 'ok',
      migrations: 'ok',
      role: 'ok',
      storage: 'ok',
      workers: 'ok',
      DNS: 'ok',
      TLS: 'ok',
      CORS: 'ok',
      health: 'ok',
      Sentry: 'ok',
      Axiom: 'ok',
      backups: 'ok',
      'rate limit': 'left out',
    })
    expect(code).toBe(0)
    expect(told).toContain('/api/7/envelope/')
    expect(told).toContain('/v1/datasets/aimake-logs/ingest')
    expect(said).not.toContain('-of-a-test')
  })

  const broken: [line: string, changed: Record<string, string>, says: string][] = [
    ['settings', { JWT_SECRET: '', LOG_LEVEL: 'loud' }, 'JWT_SECRET: missing'],
    ['migrations', { DATABASE_OWNER_URL: '' }, 'set DATABASE_OWNER_URL'],
    ['role', { DATABASE_URL: run.settings.DATABASE_OWNER_URL! }, 'owns'],
    ['storage', { S3_SECRET_KEY: 'not-the-right-key' }, 'the key needs read, write and delete'],
    ['workers', { TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'compare TEMPORAL_ADDRESS'],
    ['DNS', { CDN_URL: 'https://nowhere.invalid' }, 'no address for nowhere.invalid'],
    ['TLS', { NODE_EXTRA_CA_CERTS: '' }, 'an authority that browsers know'],
    ['CORS', { CORS_ORIGINS: 'https://not-let-in.example' }, 'is not let in'],
    ['health', { PUBLIC_URL: 'https://localhost:1' }, 'is the API running'],
    ['Sentry', { SENTRY_DSN: 'https://example.com' }, 'SENTRY_DSN is not one'],
    ['Axiom', { AXIOM_TOKEN: '' }, 'AXIOM_TOKEN is not set'],
    ['backups', { BACKUP_BUCKET: 'no-such-bucket' }, 'is the bucket aimake-backups there'],
  ]
  it.each(broken)('%s: what is broken there is said, with how to mend it, and ends in 1', async (line, changed, says) => {
    const others = broken.map(([name]) => name).filter((name) => name !== line)
    const { code, said } = await doctor(changed, others)
    expect(verdicts(said)[line]).toBe('failed')
    expect(said).toContain(says)
    expect(said).toContain('to mend: ')
    expect(code).toBe(1)
    for (const secret of [run.settings.S3_SECRET_KEY!, 'not-the-right-key']) expect(said).not.toContain(secret)
  })

  it('knows a certificate that ends soon', async () => {
    const short = await secureDoor(run.api, 3)
    const others = broken.map(([name]) => name).filter((name) => name !== 'TLS')
    const { said } = await doctor({ PUBLIC_URL: short.url, NODE_EXTRA_CA_CERTS: short.authority }, others)
    short.close()
    expect(said).toMatch(/the certificate ends in [23] days/)
  })
})

describe('the list after launch', () => {
  const smoke = (site: string, ...more: string[]) =>
    program(['scripts/smoke.ts', site, ...more], { NODE_EXTRA_CA_CERTS: door.authority })

  it('uses a running product from its first page to a rung alert', async () => {
    told = []
    const { code, said } = await smoke(run.api, '--alertmanager', watcherUrl)
    expect(Object.values(verdicts(said))).toEqual(Array(10).fill('ok'))
    expect(code).toBe(0)
  })

  it('says of every line what fails when nothing is there, and of an alert that a receiver refuses', async () => {
    const { code, said } = await smoke('http://127.0.0.1:1', '--alertmanager', 'http://127.0.0.1:1')
    expect(Object.values(verdicts(said))).toEqual(Array(10).fill('failed'))
    expect(code).toBe(1)
    told = []
    answer = 400
    const refused = await smoke(
      run.api,
      '--alertmanager',
      watcherUrl,
      ...['make', 'play', 'download', 'tidy up'].flatMap((name) => ['--without', name]),
    )
    answer = 200
    expect(verdicts(refused.said).alert).toBe('failed')
  })
})
