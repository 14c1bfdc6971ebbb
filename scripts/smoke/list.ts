import type { Check } from '../checklist/checklist.ts'
import { Trouble } from '../checklist/checklist.ts'
import { ringOnce } from './alert.ts'
import { download, make, play } from './episode.ts'
import type { Made } from './episode.ts'
import { lookAtPages } from './pages.ts'
import { Visitor } from './visitor.ts'

export type Deployment = {
  site: string
  api: string
  console: string
  alertmanager: string | undefined
  severity: string
  /** Somebody whose address is confirmed, where a new account cannot sign in before its own is. */
  member?: { email: string; password: string }
}

const reach = 'is it running, and is this its address?'

/** What must work once people may come, done as one of them would, from pages to a rung alert. What was made is deleted again. */
export function smokeList({ site, api, console: consoleUrl, alertmanager, severity, member }: Deployment): Check[] {
  const email = `smoke-${crypto.randomUUID()}@${new URL(site).hostname.replace(/^[\d.]+$|^localhost$/, 'example.com')}`
  const password = crypto.randomUUID()
  const newcomer = new Visitor(site, api)
  const visitor = new Visitor(site, api)
  let made: Made | undefined
  const theMade = () => {
    if (!made) throw new Trouble('there is nothing to ask for: nothing was made', 'mend the line `make` first')
    return made
  }
  return [
    { name: 'pages', look: () => lookAtPages(new URL('/', site), '/library'), mend: reach },
    {
      name: 'console',
      look: () => lookAtPages(new URL(consoleUrl), `${new URL(consoleUrl).pathname.replace(/\/$/, '')}/users`),
      mend: reach,
    },
    { name: 'health', look: () => ready(visitor), mend: reach },
    {
      name: 'register',
      look: () => register(newcomer, email, password),
      mend: 'is the database writable? /health/ready says what is away',
    },
    {
      name: 'sign in',
      look: () => signIn(visitor, member?.email ?? email, member?.password ?? password),
      mend: 'is PUBLIC_URL the address that people see, and the same on every copy?',
    },
    {
      name: 'make',
      look: async () => {
        made = await make(visitor)
        return `${(made.durationMs / 1000).toFixed(1)} s of sound after ${made.seconds} s`
      },
      mend: 'open the newest episode in the console',
    },
    { name: 'play', look: async () => play(visitor, theMade()), mend: 'S3_ENDPOINT or CDN_URL must be reachable from outside' },
    {
      name: 'download',
      look: async () => download(visitor, theMade()),
      mend: 'S3_ENDPOINT or CDN_URL must be reachable from outside',
    },
    { name: 'tidy up', look: async () => remove(visitor, theMade()), mend: 'delete it by hand' },
    {
      name: 'alert',
      look: async () => ring(alertmanager, severity),
      mend: 'is Alertmanager reachable from here (an SSH tunnel, perhaps)?',
    },
  ]
}

async function ready(visitor: Visitor): Promise<string> {
  const answer = await visitor.ask('GET', '/health/ready')
  const { checks } = (await answer.json()) as { checks: Record<string, string> }
  const away = Object.keys(checks).filter((name) => checks[name] !== 'ok')
  if (away.length > 0) throw new Trouble(`it does not reach: ${away.join(', ')}`, 'npm run doctor looks at each of them')
  return `${Object.keys(checks).join(', ')} answer`
}

async function register(visitor: Visitor, email: string, password: string): Promise<string> {
  await visitor.json('POST', '/api/auth/sign-up/email', { name: 'Smoke test', email, password })
  return 'a new account'
}

async function signIn(visitor: Visitor, email: string, password: string): Promise<string> {
  const wrong = await visitor.ask('POST', '/api/auth/sign-in/email', { email, password: crypto.randomUUID() })
  if (wrong.status !== 401)
    throw new Trouble(`a wrong password is answered with ${wrong.status}`, 'let nobody in before this is understood')
  const right = await visitor.ask('POST', '/api/auth/sign-in/email', { email, password })
  const said = await right.text()
  if (right.status === 403 && said.includes('EMAIL_NOT_VERIFIED'))
    throw new Trouble(
      'a new account must confirm its address before it signs in',
      'set SMOKE_EMAIL and SMOKE_PASSWORD to an account that has',
    )
  if (!right.ok) throw new Trouble(`the right password is answered with ${right.status}`, 'look in the log of the API')
  await visitor.json('GET', '/api/episodes')
  return 'with the right password, and not with another'
}

async function remove(visitor: Visitor, { id }: Made): Promise<string> {
  const answer = await visitor.ask('DELETE', `/api/episodes/${id}`)
  if (!answer.ok) throw new Trouble(`DELETE answered ${answer.status}`, `delete episode ${id} by hand`)
  const after = await visitor.ask('GET', `/api/episodes/${id}`)
  if (after.status !== 404) throw new Trouble('what was deleted is still shown', `look at episode ${id} in the console`)
  return 'the episode is deleted; the account stays, with no right but its own'
}

async function ring(alertmanager: string | undefined, severity: string): Promise<string> {
  if (!alertmanager) throw new Trouble('no alert was rung', 'give --alertmanager URL, or leave it out with --without alert')
  return ringOnce(alertmanager, severity)
}
