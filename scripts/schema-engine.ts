#!/usr/bin/env node
// The Prisma CLI runs this file where it would run its native schema engine (PRISMA_SCHEMA_ENGINE_BINARY). It answers the same
// JSON-RPC over standard input and output with the WebAssembly engine, so that migrations need no download.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { adapterFor } from './prisma-engine/adapter.ts'
import { runDatabaseCommand } from './prisma-engine/database-commands.ts'
import { loadEngine } from './prisma-engine/load-engine.ts'
import type { Engine } from './prisma-engine/load-engine.ts'

type Request = { id: number; method?: string; params: Record<string, unknown> }

const argv = process.argv.slice(2)
const valuesOf = (name: string) => argv.flatMap((argument, i) => (argument === name ? [argv[i + 1]!] : []))
const { url } = JSON.parse(valuesOf('--datasource')[0] ?? '{}') as { url?: string }
const databaseCommand = valuesOf('cli')[0]

const send = (message: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

/** What the CLI expects of a failed call; a code such as P3009 lets it explain the error itself. */
function failure(error: unknown) {
  const { message, code, meta } = Object(error) as { message?: string; code?: string; meta?: object }
  const data = { is_panic: false, message: message ?? String(error), meta: meta ?? {}, error_code: code }
  return { code: 4466, message: 'An error happened. Check the data field for details.', data }
}

async function answer(engine: Engine, { id, method, params }: Request & { method: string }): Promise<void> {
  // These two take the schema before the change from a cache that only devDiagnostic fills.
  if (method === 'evaluateDataLoss' || method === 'createMigration') {
    await engine.devDiagnostic!({ migrationsList: params.migrationsList, filters: params.filters })
  }
  const result = (await engine[method]!(params)) ?? {}
  // A diff is not shown from its answer but by a request in the other direction, which must come first.
  if (method === 'diff' && typeof result.stdout === 'string')
    send({ id: 1_000_000 + id, method: 'print', params: { content: result.stdout } })
  send({ id, result })
}

if (databaseCommand) process.exit(await runDatabaseCommand(databaseCommand, url ?? ''))

const datamodels = valuesOf('--datamodels').map((path): [string, string] => [path, readFileSync(path, 'utf8')])
let engine: Promise<Engine> | undefined
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue
  const request = JSON.parse(line) as Request
  if (!request.method) continue
  try {
    engine ??= loadEngine(datamodels.length ? datamodels : undefined, adapterFor(url ?? 'postgresql://localhost/none'))
    await answer(await engine, { ...request, method: request.method })
  } catch (error) {
    send({ id: request.id, error: failure(error) })
  }
}
process.exit(0)
