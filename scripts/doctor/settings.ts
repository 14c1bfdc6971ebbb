import { readApiSettings } from '../../api/env.ts'
import { readWorkerSettings } from '../../activities/env.ts'
import { Trouble } from '../checklist/checklist.ts'

/** What `.env.example` and the compose file show to everybody, and what is no secret therefore. */
const published = /development|changeme|example|secret-of/i

/** Settings of API and worker, each missing or malformed one named; in production also what would be careless there. */
export function lookAtSettings(env: NodeJS.ProcessEnv): string {
  const faults = [...faultsOf(() => readApiSettings(env)), ...faultsOf(() => readWorkerSettings(env))]
  if (faults.length === 0) faults.push(...carelessness(env))
  if (!env.TEMPORAL_ADDRESS) faults.push('TEMPORAL_ADDRESS: missing')
  if (faults.length > 0) throw new Trouble([...new Set(faults)].join('; '), '.env.example says what each of them is for')
  return `API and worker have all they need, as ${env.ENVIRONMENT}`
}

function faultsOf(read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    const [, ...lines] = (error as Error).message.split('\n')
    return lines.map((line) => line.trim())
  }
}

function carelessness(env: NodeJS.ProcessEnv): string[] {
  const settings = readApiSettings(env)
  const found: [isFound: boolean, fault: string][] = [
    [settings.ENVIRONMENT !== 'production', 'ENVIRONMENT: not production'],
    [!settings.PUBLIC_URL.startsWith('https:'), 'PUBLIC_URL: not https'],
    [settings.CORS_ORIGINS.some((origin) => !isOrigin(origin)), 'CORS_ORIGINS: scheme and host of each, nothing behind them'],
    [published.test(settings.JWT_SECRET), 'JWT_SECRET: one that stands in the repository'],
    [new Set(settings.JWT_SECRET).size < 10, 'JWT_SECRET: not random'],
    [settings.JWT_SECRET === settings.JWT_SECRET_PREVIOUS, 'JWT_SECRET_PREVIOUS: the same as JWT_SECRET'],
    [settings.CRASH_AT.length > 0, 'CRASH_AT: for tests only'],
  ]
  return found.filter(([isFound]) => isFound).map(([, fault]) => fault)
}

const isOrigin = (value: string) => URL.canParse(value) && new URL(value).origin === value
