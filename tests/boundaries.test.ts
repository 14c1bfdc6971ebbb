import { beforeAll, describe, expect, test } from 'vitest'
import { readHouse, readModule } from './boundaries/modules.ts'
import type { Module } from './boundaries/modules.ts'
import { manners } from './boundaries/manners.ts'
import { breaches } from './boundaries/rule.ts'
import { stairs } from './boundaries/stairs.ts'

let house: Module[]
beforeAll(() => {
  house = readHouse(new URL('..', import.meta.url))
})

test('every room of the house is looked into', () => {
  const rooms = new Set(house.map(({ path }) => path.split('/')[0]))
  for (const room of [
    'activities',
    'admin',
    'api',
    'bench',
    'client',
    'prisma',
    'scripts',
    'shared',
    'tests',
    'web',
    'workflows',
  ])
    expect(rooms).toContain(room)
})

test('what a file imports is what it names, not what it asks for', () => {
  const { imports } = readModule(
    'web/src/lib/a.ts',
    "import { type A, b as c } from '../../b.ts?raw'\nexport type { D } from 'd'\ntype E = import('./e.ts').E\nawait import(f)",
  )
  expect(imports).toEqual([
    { target: 'web/b.ts', typeOnly: false, names: ['A', 'b'] },
    { target: 'd', typeOnly: true, names: ['D'] },
    { target: 'web/src/lib/e.ts', typeOnly: true, names: ['*'] },
    { target: 'a computed path', typeOnly: false, names: ['*'] },
  ])
})

describe.for([...stairs, ...manners])('$sentence', (rule) => {
  test('the house keeps it', () => {
    expect(breaches(house, rule)).toEqual([])
  })

  test.for(Object.entries(rule.planted))('planted in %s it turns red', ([path, source]) => {
    const [breach, ...others] = breaches([readModule(path, source)], rule)
    expect(others).toEqual([])
    expect(breach).toContain(`${path} -> `)
    expect(breach).toContain(rule.sentence)
  })
})
