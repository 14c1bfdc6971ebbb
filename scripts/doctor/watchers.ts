import { Trouble } from '../checklist/checklist.ts'
import { asked } from './doors.ts'

/** Sends one event by Sentry's own protocol, and wants it taken. It is seen there as "AIMake doctor". */
export async function lookAtSentry(dsn: string | undefined, environment: string): Promise<string> {
  if (!dsn)
    throw new Trouble('SENTRY_DSN is not set', 'make a project in Sentry and set its DSN (VITE_SENTRY_DSN for the web app)')
  if (!isDsn(dsn)) throw new Trouble('SENTRY_DSN is not one', 'copy it from the project: https://KEY@HOST/NUMBER')
  const { protocol, host, username, pathname } = new URL(dsn)
  const [, prefix = '', project = ''] = /^(.*)\/(\d+)\/?$/.exec(pathname) ?? []
  const id = crypto.randomUUID().replaceAll('-', '')
  const event = {
    event_id: id,
    message: 'AIMake doctor',
    level: 'info',
    environment,
    platform: 'node',
    timestamp: Date.now() / 1000,
  }
  const answer = await asked(`${protocol}//${host}${prefix}/api/${project}/envelope/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-sentry-envelope',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=aimake-doctor/1, sentry_key=${username}`,
    },
    body: [{ event_id: id, sent_at: new Date().toISOString() }, { type: 'event' }, event]
      .map((part) => JSON.stringify(part))
      .join('\n'),
  })
  if (!answer.ok)
    throw new Trouble(`it answered ${answer.status}`, 'compare SENTRY_DSN with the project; a 429 means the quota is used up')
  return `took event ${id}`
}

function isDsn(dsn: string): boolean {
  return URL.canParse(dsn) && new URL(dsn).username !== '' && /\/\d+\/?$/.test(new URL(dsn).pathname)
}

/** Sends one line to the dataset, and wants it counted. */
export async function lookAtAxiom(env: NodeJS.ProcessEnv): Promise<string> {
  const { AXIOM_TOKEN: token, AXIOM_DATASET: dataset = 'aimake-logs', AXIOM_URL: url = 'https://api.axiom.co' } = env
  if (!token) throw new Trouble('AXIOM_TOKEN is not set', `make a token with ingest rights on ${dataset} in Axiom and set it`)
  const answer = await asked(new URL(`/v1/datasets/${encodeURIComponent(dataset)}/ingest`, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify([{ _time: new Date().toISOString(), level: 'info', logger: 'doctor', message: 'AIMake doctor' }]),
  })
  if (!answer.ok)
    throw new Trouble(
      `it answered ${answer.status}`,
      `look whether the token may ingest, and whether the dataset ${dataset} is there`,
    )
  const { ingested, failed } = (await answer.json()) as { ingested?: number; failed?: number }
  if (ingested !== 1 || failed)
    throw new Trouble(`of one line it took ${ingested ?? 0}`, `look at the fields that ${dataset} expects`)
  return `${dataset} took a line`
}
