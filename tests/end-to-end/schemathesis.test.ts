import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const execute = promisify(execFile)
const password = 'a long password'
/** Somebody who may see everything, and in whose name nothing can be bought: no provider that costs anything is set up here. */
const [person, email] = [new Person(run), `${randomUUID()}@example.com`]
let id: string

beforeAll(async () => {
  await person.ok('POST', '/api/auth/sign-up/email', { name: 'Schemathesis', email, password })
  id = (await person.who()).id
  await (await Person.admin(run)).ok('PATCH', `/api/admin/users/${id}`, { role: 'admin' })
})
// Whatever was ordered goes with them, so that the tests that follow find the house quiet.
afterAll(() => person.ok('DELETE', '/api/account', { email, password }))

it('finds no answer that the API does not describe, and nothing that makes it stumble', { timeout: 240_000 }, async () => {
  const python = process.env.SCHEMATHESIS_PYTHON
  if (!python) throw new Error('Schemathesis is not installed; the first lines of `npm test` say why and what to do.')
  const { stdout: said } = await execute(
    python,
    ['-m', 'schemathesis.cli', '--config-file', 'tests/schemathesis/schemathesis.toml', 'run', `${run.api}/openapi.json`],
    {
      env: { ...process.env, NO_COLOR: '1', AIMAKE_API: new URL(run.api).origin, AIMAKE_SESSION: person.session() },
      timeout: 200_000,
      maxBuffer: 100 * 1024 * 1024,
    },
  ).catch((error: { stdout?: string; message: string }) => {
    throw new Error(error.stdout || error.message)
  })
  const [, chosen, tested] = /Selected: (\d+)\/\d+\s+Tested: (\d+)/.exec(said) ?? []
  expect(Number(chosen), said).toBeGreaterThan(105)
  expect(Number(tested), said).toBeGreaterThan(90)
  expect(said).toMatch(/No issues found/)
  expect(await rows(run, 'SELECT 1 FROM usage_logs WHERE user_id = $1 AND cost_micro_usd > 0', [id])).toEqual([])
})
