// Asks each checker that is installed about the files a deployment is made from. `--install` fetches the missing ones first.
// Nothing here builds an image or deploys it: but for Caddy, what passes is well-formed, not proven to run.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { caddyServes } from './check-deploy/caddy.ts'
import { kubernetes } from './check-deploy/kubernetes.ts'
import { fly, railway, vercel } from './check-deploy/platforms.ts'
import { railwayFaults, railwayServices } from './check-deploy/railway.ts'
import { complaints } from './check-deploy/shape.ts'
import type { Shape } from './check-deploy/shape.ts'
import { install, outcome, run } from './check-deploy/tools.ts'
import type { Outcome } from './check-deploy/tools.ts'

const parseToml = 'import json, sys, tomllib; json.dump(tomllib.load(open(sys.argv[1], "rb")), sys.stdout)'

function shapeOf(name: string, shape: Shape): Outcome {
  const read = name.endsWith('.toml') ? run('python3', ['-c', parseToml, name]) : undefined
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

/** The production file wants settings; any will do to see whether it is well-formed. */
const filledIn = () =>
  Object.fromEntries(
    [...readFileSync('deploy/production.env.example', 'utf8').matchAll(/^(\w+)=/gm)].map(([, name]) => [name, 'x']),
  )

function compose(file: string, env: NodeJS.ProcessEnv): Outcome {
  const isPlugin = run('docker', ['compose', 'version']).ok
  const [command, words] = isPlugin ? ['docker', ['compose']] : ['docker-compose', []]
  return outcome(`${file}: docker compose config`, run(command, [...words, '-f', file, 'config', '--quiet'], env))
}

async function railwayAgrees(): Promise<Outcome> {
  const name = '.railway/railway.ts: the figures of railway.toml'
  const faults = railwayFaults(readFileSync('railway.toml', 'utf8'), await railwayServices())
  return faults.length === 0 ? { name, verdict: 'ok' } : { name, verdict: 'failed', said: faults.join('\n') }
}

process.chdir(join(import.meta.dirname, '..'))
const outcomes = [
  ...(process.argv.includes('--install') ? install() : []),
  outcome('Dockerfile: hadolint', run('hadolint', ['--no-color', 'Dockerfile'])),
  compose('docker-compose.yml', {}),
  compose('docker-compose.production.yml', filledIn()),
  outcome(
    'deploy/caddy: caddy validate',
    run('caddy', ['validate', '--config', 'deploy/caddy/Caddyfile', '--adapter', 'caddyfile']),
  ),
  await caddyServes(),
  outcome('.github/workflows: actionlint', run('actionlint', ['-no-color', ...globSync('.github/workflows/*.yml')])),
  outcome('.github: zizmor', run('zizmor', ['--offline', '--quiet', '.github'])),
  shapeOf('railway.toml', railway),
  await railwayAgrees(),
  shapeOf('fly.toml', fly),
  shapeOf('vercel.json', vercel),
  shapeOf('admin/vercel.json', vercel),
  ...kubernetes(),
]

for (const { name, verdict, said } of outcomes) {
  console.log(`${verdict.padEnd(13)}  ${name}`)
  if (verdict === 'failed' && said) console.log(said.replace(/^/gm, '               '))
}
if (outcomes.some(({ verdict }) => verdict === 'not installed')) {
  console.log(
    '\nMissing checkers: npm run check:deploy -- --install (needs python3 with pip, and go; caddy comes from your system)',
  )
}
process.exitCode = outcomes.some(({ verdict }) => verdict === 'failed') ? 1 : 0
