import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declaredRoutes } from '../../scripts/openapi.ts'
import type { Route } from '../../api/http/route.ts'
import { callers, cellOf, isConsole, namesARow, questionOf, scopesFor } from '../setup/access-table.ts'
import type { CallerName } from '../setup/access-table.ts'
import { orderBackup } from '../setup/backups.ts'
import { belongingsOf, houseThings } from '../setup/belongings.ts'
import type { Belongings, HouseThings } from '../setup/belongings.ts'
import { everything, quiet } from '../setup/everything.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

/** Every route, asked by everybody: what the table of routes declares is what happens. */

const run = readRun()
// Straight from the declarations: a route that is added tomorrow is asked too.
const routes = declaredRoutes()
const of = {} as Record<'owner' | 'other' | 'support' | 'admin' | 'suspended', Person>
const emails = {} as Record<keyof typeof of, string>
/** Of the owner: for who is refused and the owner themselves, and for their keys. */
const things = {} as Record<'own' | 'keyed', Belongings>
const house = {} as Record<'own' | 'keyed', HouseThings>
const secrets = new Map<string, string>()
let chief: Person
let suspendedKey: string
const tally = { cells: 0, opened: 0, inAnotherState: 0, refused: new Map<number, number>() }

async function newPerson(role: 'user' | 'support' | 'admin' = 'user'): Promise<Person> {
  const person = await Person.signUp(run)
  if (role !== 'user') await chief.ok('PATCH', `/api/admin/users/${(await person.who()).id}`, { role })
  return person
}

const keyOf = async (person: Person, scopes: string[]): Promise<string> =>
  (await person.ok<{ key: string }>('POST', '/api/keys', { name: scopes.join(' '), scopes })).key

/** There is a backup that counts, made now where there was none. */
async function keptBackup(): Promise<void> {
  const isKept = async () => (await rows(run, `SELECT 1 FROM backups WHERE status = 'verified'`)).length > 0
  if (await isKept()) return
  await orderBackup(chief)
  while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 500))
}

beforeAll(async () => {
  chief = await Person.admin(run)
  const [owner, other, suspended, support, admin] = await Promise.all([
    newPerson(),
    newPerson(),
    newPerson(),
    newPerson('support'),
    newPerson('admin'),
  ])
  Object.assign(of, { owner, other, suspended, support, admin })
  for (const name of Object.keys(of) as (keyof typeof of)[]) emails[name] = (await of[name].who()).email
  for (const route of routes)
    for (const has of [true, false]) {
      const holder = isConsole(route) ? 'admin' : 'owner'
      const scopes = scopesFor(route, has)
      const name = `${holder} ${scopes.join(' ')}`
      if (!secrets.has(name)) secrets.set(name, await keyOf(of[holder], scopes))
    }
  suspendedKey = await keyOf(suspended, ['read', 'write', 'create'])
  ;[things.own, things.keyed] = await Promise.all([belongingsOf(run, owner), belongingsOf(run, owner)])
  await keptBackup()
  // The console looks at an episode that nobody takes away meanwhile.
  const bystander = await newPerson()
  const { episode } = await belongingsOf(run, bystander)
  house.own = await houseThings(run, chief, episode)
  house.keyed = await houseThings(run, chief, episode)
  await chief.ok('PATCH', `/api/admin/users/${(await suspended.who()).id}`, { banned: true })
  await quiet(run, chief)
})

// What the matrix has set going and put to rest would surprise whoever comes after it.
afterAll(async () => {
  await chief.ok('POST', '/api/admin/schedules/reconcile-nightly/resume')
  await quiet(run, chief)
})

/** One question. The caller's cookie stays as it was: some routes sign in or out. */
async function ask(route: Route, caller: CallerName): Promise<Response> {
  const which = caller === 'key with scope' ? 'keyed' : 'own'
  const holder = isConsole(route) ? 'admin' : 'owner'
  const key =
    caller === 'suspended key'
      ? suspendedKey
      : caller.startsWith('key ')
        ? secrets.get(`${holder} ${scopesFor(route, caller === 'key with scope').join(' ')}`)!
        : undefined
  const name = caller in of ? (caller as keyof typeof of) : undefined
  const person = name ? of[name].at(run.api) : new Person(run)
  const { path, body, type } = questionOf(route, things[which], house[which], name ? emails[name] : emails.owner)
  return person.ask(route.method.toUpperCase(), path, body, {
    ...(key && { 'x-api-key': key }),
    ...(type && { 'content-type': type }),
  })
}

const nameOf = ({ method, path }: Route, caller: CallerName) => `${method} ${path} by ${caller}`

async function mustRefuse(route: Route, caller: CallerName, cell: { status: number; code: string }): Promise<void> {
  const answer = await ask(route, caller)
  const said = await answer.text()
  const { code } = (said.startsWith('{') ? JSON.parse(said) : {}) as { code?: string }
  expect(`${answer.status} ${code}`, `${nameOf(route, caller)}: ${said.slice(0, 200)}`).toBe(`${cell.status} ${cell.code}`)
  tally.refused.set(answer.status, (tally.refused.get(answer.status) ?? 0) + 1)
}

/** Of what somebody may, a part needs another state than the thing is in; that is said with a problem the route declares, never as a refusal. */
const aboutState = ['wrong-state', 'revision-conflict', 'kept-by-policy', 'price-unknown', 'no-sample', 'budget-too-low']

async function mustGo(route: Route, caller: CallerName): Promise<void> {
  const answer = await ask(route, caller)
  if (answer.status < 400) {
    await answer.body?.cancel()
    const ways = Object.keys(route.answers).map(Number)
    expect(ways, `${nameOf(route, caller)} answers ${answer.status}`).toContain(answer.status)
    tally.opened += 1
    return
  }
  const said = await answer.text()
  const { code } = JSON.parse(said) as { code: string }
  const declared = aboutState.filter((one) => (route.problems as string[] | undefined)?.includes(one))
  expect(declared, `${nameOf(route, caller)} answers ${said.slice(0, 300)}`).toContain(code)
  tally.inAnotherState += 1
}

/** What looks before what changes, and what is inside something before the thing itself is taken away. */
const rank = ({ method }: Route) => (method === 'get' ? 0 : method === 'delete' ? 2 : 1)
const inOrder = (a: Route, b: Route) => rank(a) - rank(b) || b.path.length - a.path.length
const endsAccount = ({ method, path }: Route) => method === 'delete' && path === '/api/account'
const cells = callers.flatMap((caller) =>
  routes.toSorted(inOrder).map((route) => ({ route, caller, cell: cellOf(route, caller) })),
)

describe('every route, asked by everybody', () => {
  it('refuses whom it must, with what it declares, and then nothing has changed', async () => {
    const before = await everything(run, chief)
    const refusals = cells.flatMap(({ route, caller, cell }) => (cell === 'goes' ? [] : [{ route, caller, cell }]))
    for (const { route, caller, cell } of refusals) await mustRefuse(route, caller, cell)
    tally.cells += refusals.length
    expect(await everything(run, chief)).toEqual(before)
  })

  it('refuses a row of another inside one’s own, and then nothing has changed', async () => {
    const mine = await belongingsOf(run, of.other)
    await quiet(run, chief)
    const before = await everything(run, chief)
    const nested = routes.filter(
      (route) => namesARow(route) && /\{id\}.*\{(lineId|episodeId|feedId|deliveryId)\}/.test(route.path),
    )
    expect(nested.length).toBeGreaterThan(5)
    const { own } = things
    for (const route of nested) {
      const mixed: Belongings = { ...own, episode: mine.episode, show: mine.show, webhook: mine.webhook }
      const { path, body } = questionOf(route, mixed, house.own, emails.other)
      const foreign = path.replace(
        `/episodes/${mine.episode}`,
        route.path.startsWith('/api/shows/') ? `/episodes/${own.episode}` : '$&',
      )
      const { status } = await of.other.ask(route.method.toUpperCase(), foreign, body)
      expect([204, 404, 409], `${nameOf(route, 'other')}: ${status}`).toContain(status)
    }
    const order = { kind: 'narration', notice: false, sources: [{ type: 'text', text: 'Tea.' }] }
    expect((await of.other.ask('POST', '/api/episodes', { ...order, showId: own.show })).status).toBe(404)
    const file = { type: 'file', uploadId: own.upload }
    expect((await of.other.ask('POST', '/api/episodes', { ...order, sources: [file] })).status).toBe(422)
    expect((await of.other.ask('POST', '/api/sources', file)).status).toBe(422)
    expect(await everything(run, chief)).toEqual(before)
  })

  it('opens for whom it must', async () => {
    const open = cells.filter(({ route, cell }) => cell === 'goes' && !endsAccount(route))
    for (const { route, caller } of open) await mustGo(route, caller)
    tally.cells += open.length
    // Most of the doors were really gone through.
    expect(tally.opened).toBeGreaterThan(open.length * 0.9)
  })

  it('ends the account of whoever it is, and no other', async () => {
    const ending = cells.filter(({ route, cell }) => cell === 'goes' && endsAccount(route))
    expect(ending.map(({ caller }) => caller)).toEqual(['other', 'support', 'admin', 'owner'])
    for (const { route, caller } of ending) await mustGo(route, caller)
    tally.cells += ending.length
    for (const name of ['other', 'support', 'admin', 'owner'] as const)
      expect((await of[name].ask('GET', '/api/account')).status, name).toBe(401)
    expect((await chief.ask('GET', '/api/account')).status).toBe(200)
  })

  it('was asked in every cell', () => {
    expect(tally.cells).toBe(routes.length * callers.length)
    const refused = [...tally.refused].map(([status, count]) => `${count} times ${status}`).join(', ')
    process.stdout.write(
      `${routes.length} routes, ${callers.length} callers, ${tally.cells} cells: refused ${refused}; open ${tally.opened}, ${tally.inAnotherState} more in another state\n`,
    )
  })
})
