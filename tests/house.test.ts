import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openApiJson, typesMark } from '../scripts/openapi.ts'

/** Runs a tool of the house and answers what it complains about. */
function complaints(script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${script}`, args, { encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}`
}

it.each(['.', 'workflows', 'web', 'admin'])('types: %s', (project) => {
  expect(complaints('tsc', '-p', project)).toBe('')
})

it('lint', () => {
  expect(complaints('oxlint', '--type-aware', '--deny-warnings', '--quiet', '-f', 'unix')).toBe('')
})

it('the committed OpenAPI document and its types are what the routes declare', () => {
  const json = openApiJson()
  expect(readFileSync('api/openapi.json', 'utf8')).toBe(json)
  expect(readFileSync('api/openapi.d.ts', 'utf8').startsWith(typesMark(json))).toBe(true)
})
