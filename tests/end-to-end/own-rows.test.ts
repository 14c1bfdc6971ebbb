import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '../../prisma/client.ts'
import { asHouse, asPerson, whoAsks } from '../../prisma/identity.ts'
import { Person, readRun } from '../setup/person.ts'
import { DEAF_RECEIVER } from '../setup/product.ts'

/** The second wall: what the database gives to the role the product signs in as, when a question has lost its filter. */

const run = readRun()
const { DATABASE_URL, DATABASE_OWNER_URL } = run.settings
/** As the product signs in, and as the owner of the tables. */
const app = new pg.Client({ connectionString: DATABASE_URL })
const owner = new pg.Client({ connectionString: DATABASE_OWNER_URL })
let tables: string[]
let ann: string
let ben: string
/** Of Ben. */
let foreign: string

/** What anybody may see: there is nobody in it. */
const everybodys = ['database_epoch', 'models', 'notices', 'prices', 'providers', 'spending_limits', 'voice_samples', 'voices']
/** What is the house's alone, though it stands in no relation to a person that the schema knows. */
const houses = [
  'audit_log',
  'backups',
  'listed_objects',
  'money_movements',
  'outbox',
  'provider_tests',
  'reconcile_findings',
  'reconcile_runs',
  'tombstones',
  'verifications',
  'voice_levels',
]

/** Whose eyes the connection has from now on. */
const become = (role: 'aimake_house' | 'none', userId = '') =>
  app.query(`SELECT set_config('role', $1, false), set_config('app.user_id', $2, false)`, [role, userId])

/** The rows of a table that can be seen without any filter. */
async function seen(table: string): Promise<string[]> {
  const { rows } = await app.query<{ row: string }>(`SELECT t::text AS row FROM "${table}" t`)
  return rows.map(({ row }) => row)
}

/** Tables that are somebody's: with a column that names a person, or hanging on one that has, however far. */
const owned = `
  WITH RECURSIVE owned AS (
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    UNION SELECT 'public.users'::regclass
    UNION SELECT k.conrelid FROM pg_constraint k JOIN owned o ON k.confrelid = o.oid WHERE k.contype = 'f')
  SELECT c.relname AS name, c.relrowsecurity AS "isWalled",
    EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND 'aimake_app'::regrole = ANY (p.polroles)) AS "hasPolicy",
    EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND (0 = ANY (p.polroles) OR 'aimake_app'::regrole = ANY (p.polroles))
      AND pg_get_expr(p.polqual, p.polrelid) = 'true') AS "isOpen"
  FROM owned o JOIN pg_class c ON c.oid = o.oid ORDER BY 1`
type Owned = { name: string; isWalled: boolean; hasPolicy: boolean; isOpen: boolean }
const forgotten = (rows: Owned[]) =>
  rows.filter(({ isWalled, hasPolicy, isOpen }) => !isWalled || !hasPolicy || isOpen).map(({ name }) => name)

/** Somebody with a row in everything that is a person's. */
async function settle(): Promise<{ id: string; episodeId: string }> {
  const person = await Person.signUp(run)
  const { id } = await person.who()
  const show = await person.ok<{ id: string }>('POST', '/api/shows', { title: 'Tea', language: 'en' })
  await person.ok('POST', `/api/shows/${show.id}/feeds`, { kind: 'private', label: 'me' })
  const hook = await person.ok<{ id: string }>('POST', '/api/webhooks', {
    url: DEAF_RECEIVER,
    events: ['episode.ready'],
  })
  await person.ok('POST', `/api/webhooks/${hook.id}/test`)
  await person.ok('POST', '/api/keys', { name: 'mine', scopes: ['read'] })
  await person.ok('PUT', '/api/pronunciations', { entries: [{ word: 'tea', say: 'tee' }] })
  await person.ok('POST', '/api/uploads', { name: 'a.txt', bytes: 10 })
  const made = await person.order({
    kind: 'narration',
    notice: false,
    sources: [{ type: 'text', text: `Tea is a drink. ${crypto.randomUUID()}` }],
  })
  await person.ready(made.id)
  await person.ok('POST', `/api/episodes/${made.id}/share`)
  await person.ok('PUT', `/api/episodes/${made.id}/listening`, { positionMs: 1_000, device: 'phone' })
  await person.ok('PUT', '/api/voices/local-zh-a/favourite')
  return { id, episodeId: made.id }
}

beforeAll(async () => {
  await Promise.all([app.connect(), owner.connect()])
  const [first, second] = await Promise.all([settle(), settle()])
  ann = first.id
  ben = second.id
  foreign = second.episodeId
  // What is free opens no accounts.
  for (const { id, episodeId } of [first, second])
    await owner.query(`INSERT INTO spending_accounts (account) VALUES ($1), ($2) ON CONFLICT DO NOTHING`, [
      `user:${id}:1999-01`,
      `episode:${episodeId}`,
    ])
  const { rows } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
       AND relname <> '_prisma_migrations' ORDER BY 1`,
  )
  tables = rows.map(({ name }) => name)
})
afterAll(() => Promise.all([app.end(), owner.end()]))

it('has forgotten no table: each is somebody’s, everybody’s or the house’s', async () => {
  const { rows } = await owner.query<Owned>(owned)
  expect(rows.length).toBeGreaterThanOrEqual(26)
  expect(forgotten(rows)).toEqual([])
  const names = rows.map(({ name }) => name)
  for (const name of ['uploads', 'api_keys', 'two_factors', 'mails', 'shows', 'feeds', 'shares', 'webhook_attempts', 'lines'])
    expect(names).toContain(name)
  const known = [...names, ...everybodys, ...houses, 'own_episodes', 'own_lines', 'spending_accounts', 'stored_objects']
  expect(tables.filter((name) => !known.includes(name))).toEqual([])
  const { rows: open } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND NOT relrowsecurity AND relname <> '_prisma_migrations'`,
  )
  expect(open).toEqual([])
  process.stdout.write(`${rows.length} tables are somebody’s, ${everybodys.length} everybody’s, ${houses.length} the house’s\n`)
})

it('looks up the one thing a row hangs on, instead of collecting everything a person has', async () => {
  const { rows } = await owner.query(
    `SELECT polrelid::regclass::text AS name FROM pg_policy WHERE pg_get_expr(polqual, polrelid) LIKE '%EXISTS%'`,
  )
  expect(rows).toEqual([])
})

it('finds a table that somebody forgets tomorrow', async () => {
  await owner.query('BEGIN')
  await owner.query('CREATE TABLE planted (id UUID PRIMARY KEY, user_id TEXT)')
  await owner.query('CREATE TABLE hanging (planted_id UUID REFERENCES planted)')
  const { rows } = await owner.query<Owned>(owned)
  await owner.query('ROLLBACK')
  expect(forgotten(rows)).toEqual(['hanging', 'planted'])
})

it('shows nobody a row that is somebody’s', async () => {
  await become('none')
  const visible = []
  for (const table of tables) if ((await seen(table)).length > 0) visible.push(table)
  expect(visible.filter((table) => !everybodys.includes(table))).toEqual([])
})

it('shows a person, asked without any filter, their own rows and no others', async () => {
  const empty = []
  for (const table of tables) {
    if (everybodys.includes(table)) continue
    await become('none', ann)
    const anns = new Set(await seen(table))
    await become('none', ben)
    const bens = await seen(table)
    // Equal pictures are one object.
    const shared = table === 'stored_objects' ? [] : bens.filter((row) => anns.has(row))
    expect(shared, table).toEqual([])
    if (anns.size === 0) empty.push(table)
    const { rows } = await owner.query<{ count: number }>(`SELECT count(*)::int FROM "${table}"`)
    if (anns.size > 0 && !table.startsWith('own_')) expect(rows[0]!.count, table).toBeGreaterThan(anns.size)
  }
  // Nothing is proven where there is nothing to see: of everything that is a person's, Ann has some.
  const mayBeEmpty = [...houses, 'two_factors', 'webhook_attempts']
  expect(empty.filter((table) => !mayBeEmpty.includes(table))).toEqual([])
  await become('none', ann)
  for (const table of [
    'episodes',
    'sources',
    'shows',
    'webhooks',
    'api_keys',
    'uploads',
    'sessions',
    'usage_logs',
    'reservations',
  ]) {
    const { rows } = await app.query<{ user_id: string }>(`SELECT DISTINCT user_id FROM ${table}`)
    expect(rows, table).toEqual([{ user_id: ann }])
  }
})

it('lets a person change nothing of another', async () => {
  await become('none', ann)
  const refused = async (sql: string, values: unknown[] = []) =>
    app.query(sql, values).then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  await app.query('BEGIN')
  const { rowCount } = await app.query(`UPDATE episodes SET title = 'mine'`)
  expect(rowCount).toBe(1)
  expect((await app.query(`DELETE FROM shares WHERE episode_id = $1`, [foreign])).rowCount).toBe(0)
  expect((await app.query(`DELETE FROM users`)).rowCount).toBe(0)
  await app.query('ROLLBACK')
  const insert = `INSERT INTO shows (id, user_id, title, language, podcast_guid) VALUES (gen_random_uuid(), $1, 't', 'en', gen_random_uuid())`
  expect(await refused(insert, [ben])).toBe('42501')
  expect(await refused(`UPDATE episodes SET user_id = $1`, [ben])).toBe('42501')
  expect(await refused(`INSERT INTO shares (id, episode_id, token) VALUES (gen_random_uuid(), $1, 'x')`, [foreign])).toBe('42501')
  expect(await refused(`INSERT INTO outbox (id, topic, key, payload) VALUES (gen_random_uuid(), 'a', 'b', '{}')`)).toBe('42501')
  expect(await refused(`SELECT write_order('erase-account', $1, jsonb_build_object('userId', $1::text))`, [ben])).toBe('42501')
  expect(await refused(`INSERT INTO own_episodes (id) VALUES (gen_random_uuid())`)).toBe('42501')
})

it('cannot step round it', async () => {
  await become('none')
  const { rows } = await app.query(
    `SELECT rolsuper, rolbypassrls, pg_has_role('aimake_app', 'aimake_house', 'USAGE') AS inherits,
       (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owns FROM pg_roles r WHERE rolname = current_user`,
  )
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, inherits: false, owns: 0 }])
  await app.query('SET row_security = off')
  await expect(app.query('SELECT * FROM episodes')).rejects.toMatchObject({ code: '42501' })
  await app.query('RESET row_security')
  await become('aimake_house')
  const { rows: ids } = await app.query<{ user_id: string }>('SELECT DISTINCT user_id FROM episodes')
  expect(ids.map(({ user_id }) => user_id)).toEqual(expect.arrayContaining([ann, ben]))
  await become('none')
})

it('lets the house do no more with a table than the product could', async () => {
  const rights = (role: string) =>
    `SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = '${role}'`
  const { rows } = await owner.query(`${rights('aimake_house')} EXCEPT ${rights('aimake_app')}`)
  expect(rows).toEqual([])
  expect((await owner.query(rights('aimake_house'))).rows.length).toBeGreaterThan(tables.length)
})

describe('the product’s own client', () => {
  it('asks for whoever is asking, however many share its connections', async () => {
    const db = createDatabase(DATABASE_URL!, 2, { who: whoAsks })
    try {
      expect(await db.episode.findMany()).toEqual([])
      const one = async (index: number) => {
        const [me, other] = index % 2 ? [ann, ben] : [ben, ann]
        if (index % 3 === 0) return asHouse(async () => (await db.user.count({ where: { id: { in: [me, other] } } })) === 2)
        return asPerson(me, async () => {
          const found = await db.episode.findMany({ include: { user: true, versions: { include: { lines: true } } } })
          const strange = await db.$transaction(async (tx) => tx.episode.count({ where: { userId: other } }))
          return found.length === 1 && found[0]!.userId === me && found[0]!.versions[0]!.lines.length > 0 && strange === 0
        })
      }
      const answers: boolean[] = []
      for (let round = 0; round < 10; round += 1)
        answers.push(...(await Promise.all(Array.from({ length: 12 }, (_, index) => one(round + index)))))
      expect(answers.filter(Boolean)).toHaveLength(120)
    } finally {
      await db.$disconnect()
    }
  })
})
