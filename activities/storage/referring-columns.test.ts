import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { referringColumns } from './referring-columns.ts'

/** Keys that are no objects. */
const others = new Set(['content_key', 'segment_key', 'idempotency_key', 'voice_key', 'news_key'])

it('every column of the schema that names an object is known to the reconciliation', () => {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  const columns = [...schema.matchAll(/^model \w+ \{(.+?)^\}/gms)].flatMap(([, body]) => {
    const table = /@@map\("(\w+)"\)/.exec(body!)![1]!
    return [...body!.matchAll(/^ {2}\w*Key\s.*@map\("(\w+_key)"\)/gm)]
      .filter(([, column]) => !others.has(column!))
      .map(([, column]) => `${table}.${column}`)
  })
  expect(columns.toSorted()).toEqual(referringColumns.toSorted())
})
