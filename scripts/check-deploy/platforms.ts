import { existsSync } from 'node:fs'
import { isRecord } from './shape.ts'
import type { Shape } from './shape.ts'

// The three platforms publish no checker that works offline. A shape says which keys exist and what each may hold: the keys of Vercel's
// published types, of Railway's config-as-code reference and of Fly's published schema, as far as we use them. A typo is then seen here.
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

const place = (value: unknown) =>
  route(value) || (typeof value === 'string' && URL.canParse(value) && value.startsWith('https://'))
export const vercel: Shape = {
  $schema: text,
  framework: oneOf('vite', null),
  installCommand: text,
  buildCommand: text,
  outputDirectory: text,
  redirects: [{ source: pattern, destination: route, permanent: flag }],
  rewrites: [{ source: pattern, destination: place }],
  headers: [{ source: pattern, headers: [{ key: text, value: text }] }],
}

export const railway: Shape = {
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
export const fly: Shape = {
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

function isExpression(source: string) {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}
