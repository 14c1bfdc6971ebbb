import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startFakeWatchers } from '../fake-watchers/server.ts'
import type { FakeWatchers } from '../fake-watchers/server.ts'
import { startProgram } from '../faults/program.ts'
import type { Life } from '../faults/program.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const PORT = 18_080
const METRICS_PORT = 18_081
const WORKER_METRICS_PORT = 18_082
const run = readRun()
// An API and a worker of their own beside the product's, on its servers, that report to somebody.
const watched = { ...run, api: `http://localhost:${PORT}` }
const product = { run, runJson: '', dataDirectory: dirname(process.env.AIMAKE_RUN_JSON!), stop: async () => undefined }

let watchers: FakeWatchers
let api: Life
let worker: Life
beforeAll(async () => {
  watchers = await startFakeWatchers()
  const env = {
    SENTRY_DSN: watchers.dsn,
    VITE_SENTRY_DSN: 'https://public@errors.example.com/2',
    SENTRY_TRACES_RATE: '1',
    SENTRY_PROFILES_RATE: '1',
    RELEASE: 'a-release',
    AXIOM_TOKEN: 'an-axiom-token',
    AXIOM_URL: watchers.url,
    ENVIRONMENT: 'test',
  }
  api = startProgram(product, 'api', {
    env: { ...env, PORT: String(PORT), METRICS_PORT: String(METRICS_PORT), PUBLIC_URL: watched.api },
  })
  worker = startProgram(product, 'worker', { env: { ...env, WORKER_METRICS_PORT: String(WORKER_METRICS_PORT) } })
  await Promise.all([api.ready, worker.ready])
})
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()])
  watchers?.close()
})

type Fields = Record<string, any>
const reports = (type: string) =>
  watchers.items.filter((item) => item.type === type).map(({ payload }) => JSON.parse(payload.toString()) as Fields)
const events = () => watchers.batches.flatMap((batch) => batch.events)
const everything = () => watchers.items.map(({ payload }) => payload.toString()).join('\n') + JSON.stringify(watchers.batches)
