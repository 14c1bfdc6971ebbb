import { expect, it } from 'vitest'
import { differences } from './compare-figures.ts'

const dumped = {
  tables: { 'public.users': { rows: 3, checksum: '7' }, 'public.lines': { rows: 0, checksum: '0' } },
  sequences: { 'public.ids': 5 },
  sequencesAfter: { 'public.ids': 8 },
  schema: { policies: ['users own'], indexes: ['on users'] },
}
const { sequencesAfter: _after, ...restored } = dumped

it('finds nothing between equals, whatever a sequence gave out meanwhile', () => {
  expect(differences(dumped, restored)).toEqual([])
  expect(differences(dumped, { ...restored, sequences: { 'public.ids': 8 } })).toEqual([])
})

it.each([
  [
    'a lost row',
    { tables: { ...restored.tables, 'public.users': { rows: 2, checksum: '6' } } },
    'table public.users: 3 rows were dumped, 2 restored',
  ],
  [
    'a changed row',
    { tables: { ...restored.tables, 'public.users': { rows: 3, checksum: '8' } } },
    'table public.users: another checksum',
  ],
  ['a lost table', { tables: { 'public.users': restored.tables['public.users'] } }, 'table public.lines is missing'],
  ['a sequence that goes back', { sequences: { 'public.ids': 4 } }, 'sequence public.ids: 4 instead of 5 to 8'],
  ['a lost sequence', { sequences: {} }, 'sequence public.ids is missing'],
  ['a lost policy', { schema: { ...restored.schema, policies: [] } }, 'policies: missing users own'],
  ['another index', { schema: { ...restored.schema, indexes: ['on users', 'on lines'] } }, 'indexes: new on lines'],
])('%s is named', (_name, change, sentence) => expect(differences(dumped, { ...restored, ...change })).toEqual([sentence]))
