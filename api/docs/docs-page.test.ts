import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { problemCodes } from '../http/problem.ts'
import { docsPage } from './docs-page.ts'
import type { ApiDocument } from './docs-page.ts'
import { shapeOf } from './shape.ts'

const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')) as ApiDocument
const page = docsPage(document)

it('has every route, every schema and every problem of the document', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(operations.length).toBeGreaterThan(130)
  for (const { operationId } of operations) expect(page).toContain(`id="${operationId}"`)
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>${path}</code>`)
  for (const code of problemCodes) expect(page).toContain(`<td><code>${code}</code></td>`)
  for (const name of Object.keys(document.components.schemas)) expect(page).toContain(`id="schema-${name}"`)
})

it('leads to nothing that is not there, and brings nothing along', () => {
  const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor!)
  expect(anchors.length).toBeGreaterThan(100)
  for (const anchor of anchors) expect(page).toContain(`id="${anchor}"`)
  expect(page).not.toMatch(/<script|<link[^>]+stylesheet|\son\w+=|\sstyle=|src=|https?:/)
})

it('says what a field may be', () => {
  const { markup } = shapeOf({
    type: 'object',
    required: ['a'],
    properties: {
      a: { type: 'integer', minimum: 1, maximum: 9 },
      b: { anyOf: [{ type: 'string', maxLength: 40 }, { type: 'null' }] },
      c: { type: 'array', items: { type: 'object', properties: { d: { enum: ['<x>'] } } } },
      e: { $ref: '#/components/schemas/Brief', description: 'An order.' },
    },
  })
  expect(markup).toContain('<code class="f">a</code>: integer <span class="b">1–9</span>')
  expect(markup).toContain('<code class="f">b</code>?: string | null')
  expect(markup).toContain('<code class="f">d</code>?: <code>&quot;&lt;x&gt;&quot;</code>')
  expect(markup).toContain('<a href="#schema-Brief">Brief</a> <span class="t">An order.</span>')
})
