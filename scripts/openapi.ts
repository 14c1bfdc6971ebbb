// Writes api/openapi.json from the declared routes, and api/openapi.d.ts from that. With --check it writes nothing and fails on a difference.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRoutes } from '../api/app.ts'
import type { AppDeps } from '../api/app.ts'
import { openApiDocument } from '../api/http/openapi.ts'

const root = join(import.meta.dirname, '..')
const jsonFile = join(root, 'api/openapi.json')
const typesFile = join(root, 'api/openapi.d.ts')
const tool = join(import.meta.dirname, 'openapi')

/** Declarations only are read here, so no server is needed behind them. */
const declared = {
  settings: { UNDO_SECONDS: 0, REVIEW_SECONDS: 0, REVIEW_NOTICE_SECONDS: 0, PUBLIC_URL: '' },
  orders: {},
} as AppDeps

/** Every route as it is declared: to be read, not to be called. */
export const declaredRoutes = () => createRoutes(declared, {} as never)

/** The document as it should stand in api/openapi.json. */
export const openApiJson = () => `${JSON.stringify(openApiDocument(declaredRoutes()), null, 2)}\n`

/** The first line of api/openapi.d.ts: which document the types were made from. */
export const typesMark = (json: string) =>
  `// Generated from openapi.json ${createHash('sha256').update(json).digest('hex').slice(0, 16)}.\n`

function generateTypes(json: string): string {
  if (!existsSync(join(tool, 'node_modules'))) spawnSync('npm', ['ci'], { cwd: tool, stdio: 'inherit' })
  const cli = join(tool, 'node_modules/openapi-typescript/bin/cli.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, jsonFile], { encoding: 'utf8', cwd: tool })
  if (status !== 0) throw new Error(stderr)
  return typesMark(json) + stdout
}

if (process.argv[1] === import.meta.filename) {
  const json = openApiJson()
  if (process.argv.includes('--check')) {
    const same = readFileSync(jsonFile, 'utf8') === json && readFileSync(typesFile, 'utf8').startsWith(typesMark(json))
    if (!same) console.error('api/openapi.json or api/openapi.d.ts is not what the routes declare: npm run openapi')
    process.exit(same ? 0 : 1)
  }
  writeFileSync(jsonFile, json)
  writeFileSync(typesFile, generateTypes(json))
}
