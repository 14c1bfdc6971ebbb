import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { moneyFaults } from '../setup/money.ts'
import { readRun } from '../setup/person.ts'

// Faults are planted in a transaction that never ends well: nobody else sees them.
const { settings } = readRun()
const owner = new pg.Client({ connectionString: settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL })
const ask = async (sql: string) => (await owner.query(sql)).rows as Record<string, unknown>[]

const episode = '01900000-0000-7000-8000-00000000e001'
const version = '01900000-0000-7000-8000-00000000e002'
const call = (id: number) => `01900000-0000-7000-8000-00000000c00${id}`

/** An episode that cost 900 of 1,000, by the ways a call can end: settled, failed and charged, cancelled, unknown, in flight. */
const story = `
  INSERT INTO users (id, name, email) VALUES ('books', 'books', 'books@example.com');
  INSERT INTO episodes (id, user_id, kind, language, title, brief, request_hash, status, budget_micro_usd)
    VALUES ('${episode}', 'books', 'narration', 'en', 'books', '{}', '', 'voicing', 1000);
  INSERT INTO versions (id, episode_id, number, workflow_id) VALUES ('${version}', '${episode}', 1, 'books');
  INSERT INTO reservations (version_id, user_id, reserved_micro_usd) VALUES ('${version}', 'books', 1000);
  INSERT INTO usage_logs (id, user_id, episode_id, version_id, step, provider, model, content_key, attempt, unit, price_micro_usd, price_per_units, held_micro_usd)
    SELECT ('01900000-0000-7000-8000-00000000c00' || n)::uuid, 'books', '${episode}', '${version}', 'speech', 'p', 'm', 'books-' || n, '1', 'character', 1, 1, 400
    FROM generate_series(1, 5) n;
  UPDATE usage_logs SET status = 'settled', units = 400, cost_micro_usd = 400, ended_at = now() WHERE id = '${call(1)}';
  UPDATE usage_logs SET status = 'failed', cost_micro_usd = 500, ended_at = now() WHERE id = '${call(2)}';
  UPDATE usage_logs SET status = 'cancelled', ended_at = now() WHERE id = '${call(3)}';
  UPDATE usage_logs SET status = 'unknown', ended_at = now() WHERE id = '${call(4)}'`

beforeAll(() => owner.connect())
beforeEach(async () => {
  await owner.query('BEGIN')
  await owner.query(story)
})
afterEach(() => owner.query('ROLLBACK'))
afterAll(() => owner.end())

it('every way a call can end is booked, and the books balance', async () => {
  expect(await moneyFaults(ask)).toEqual([])
  const accounts = await ask(
    `SELECT account, held_micro_usd, spent_micro_usd FROM spending_accounts WHERE account ~ 'books|e001|e002' ORDER BY 1`,
  )
  expect(accounts).toHaveLength(3)
  for (const account of accounts) expect(account).toMatchObject({ held_micro_usd: '800', spent_micro_usd: '900' })
  expect(
    await ask(`SELECT kind, amount_micro_usd::int AS amount FROM money_movements WHERE call_id = '${call(2)}' ORDER BY id`),
  ).toEqual([
    { kind: 'reserve', amount: 400 },
    { kind: 'reserve', amount: 100 },
    { kind: 'settle', amount: 500 },
  ])
})

it('what a call cost is not taken back', async () => {
  await expect(owner.query(`UPDATE usage_logs SET cost_micro_usd = 1 WHERE id = '${call(1)}'`)).rejects.toThrow('not taken back')
})

it('what is removed leaves no account', async () => {
  await owner.query(`DELETE FROM episodes WHERE id = '${episode}'`)
  expect(await moneyFaults(ask)).toEqual([])
  expect(await ask(`SELECT 1 FROM spending_accounts WHERE account ~ 'e001|e002'`)).toEqual([])
})

it.for([
  ['movements do not balance', `DELETE FROM money_movements WHERE call_id = '${call(1)}' AND kind = 'settle'`],
  ['movements do not balance', `DELETE FROM money_movements WHERE call_id = '${call(3)}' AND kind = 'release'`],
  ['something else than the journal', `UPDATE money_movements SET amount_micro_usd = 401 WHERE call_id = '${call(1)}'`],
  [
    'not the sum of its calls',
    `UPDATE spending_accounts SET spent_micro_usd = spent_micro_usd + 1 WHERE account = 'episode:${episode}'`,
  ],
  ['not the sum of its calls', `DELETE FROM spending_accounts WHERE account LIKE 'user:books:%'`],
  ['not the sum of its calls', `UPDATE usage_logs SET started_at = started_at - interval '2 days' WHERE id = '${call(4)}'`],
  [
    'another sum than its calls',
    `UPDATE reservations SET status = 'settled', spent_micro_usd = 899 WHERE version_id = '${version}'`,
  ],
  ['money still set aside', `UPDATE episodes SET status = 'cancelled' WHERE id = '${episode}'`],
  [
    'more than its budget',
    `UPDATE usage_logs SET held_micro_usd = 500 WHERE id = '${call(2)}'; UPDATE episodes SET budget_micro_usd = 899 WHERE id = '${episode}'`,
  ],
] as const)('the program names it: "%s" after %s', async ([sentence, fault]) => {
  await owner.query(fault)
  expect((await moneyFaults(ask)).join()).toContain(sentence)
})
