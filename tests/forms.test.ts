import { globSync, readFileSync } from 'node:fs'
import { Script, createContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { changeAccountSchema, eraseSchema } from '../api/account/account.schema.ts'
import { newKeySchema } from '../api/keys/keys.schema.ts'
import { entrySchemas } from '../api/session/entry.schema.ts'
import { newShowSchema, showPatchSchema } from '../api/shows/shows.schema.ts'
import { newWebhookSchema } from '../api/webhooks/webhooks.schema.ts'
import { checkModule } from '../web/api-checks-plugin.ts'
import { wrongFields } from '../web/src/forms/wrong.ts'
import type { Check } from '../web/src/forms/wrong.ts'

const document = JSON.parse(readFileSync('api/openapi.json', 'utf8')) as object
const sources = globSync('web/src/**/*.tsx').map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const forms = sources.filter(({ text }) => /<form\b/.test(text))
const named = [
  ...new Set(sources.flatMap(({ text }) => [...text.matchAll(/from 'api-check:([^']+)'/g)].map((found) => found[1]!))),
]

function checkOf(name: string): Check {
  const written = checkModule(name, document).replaceAll(/export (default (\w+);?|const )/g, (_, rest: string, check?: string) =>
    check ? `globalThis.check=${check};` : rest.startsWith('const') ? 'const ' : '',
  )
  const context = createContext({})
  new Script(written).runInContext(context)
  return (context as { check: Check }).check
}

describe('every form', () => {
  it('is known here', () => expect(forms.length).toBeGreaterThan(10))

  it.each(forms)('$path asks the schema of the API, and has no rule of its own', ({ text }) => {
    expect(text).toMatch(/from 'api-check:[^']+'/)
    expect(text).toMatch(/useApiForm\b/)
    expect(text).toMatch(/noValidate/)
    expect(text).not.toMatch(/\brequired\b(?!')|\bminLength=|maxLength=\{\d|\bpattern=|new FormData|register\([^)]*,/)
  })
})

describe('every check that is named', () => {
  it.each(named)('%s stands in the API description and asks for nothing at run time', (name) => {
    expect(checkModule(name, document)).not.toMatch(/\brequire\(|\bimport\b/)
  })
})

const long = (letters: number) => 'a'.repeat(letters)
const email = 'someone@example.com'
/** Bodies at and beyond the edges of what the API takes. */
const bodies: [string, z.ZodType, unknown[]][] = [
  [
    'patch/api/account',
    changeAccountSchema,
    [{ name: 'a' }, { name: '' }, { name: long(200) }, { name: long(201) }, { language: 'fr' }, {}],
  ],
  ['delete/api/account', eraseSchema, [{ email }, {}, { email: long(321) }, { email, password: long(129) }, { email, more: 1 }]],
  [
    'post/api/keys',
    newKeySchema,
    [
      { name: 'a', scopes: ['read'] },
      { name: '', scopes: ['read'] },
      { name: long(101), scopes: ['read'] },
      { name: 'a', scopes: [] },
      { name: 'a', scopes: ['fly'] },
      ...[0, 1, 1.5, 3650, 3651, Number.NaN].map((expiresInDays) => ({ name: 'a', scopes: ['read'], expiresInDays })),
    ],
  ],
  [
    'post/api/webhooks',
    newWebhookSchema,
    [
      { url: 'https://example.com', events: ['episode.ready'] },
      { url: long(2001), events: ['episode.ready'] },
      { url: 'https://example.com', events: [] },
      { url: 'https://example.com', events: ['episode.ready', 'episode.ready'] },
    ],
  ],
  [
    'post/api/shows',
    newShowSchema,
    [
      { title: 'a', language: 'zh' },
      { title: '', language: 'zh' },
      { title: long(201), language: 'zh' },
    ],
  ],
  [
    'patch/api/shows/{id}',
    showPatchSchema,
    [{ title: 'a' }, { title: '' }, { category: 'Arts' }, { category: 'Knitting' }, { subcategory: null }],
  ],
  [
    '#SignUp',
    entrySchemas.SignUp,
    ['12345678', '1234567', long(128), long(129)]
      .map((password) => ({ name: 'a', email, password, language: 'zh' }))
      .concat(['no', 'a@b', 'a b@c.de', '@c.de'].map((bad) => ({ name: 'a', email: bad, password: '12345678', language: 'zh' }))),
  ],
  [
    '#SignIn',
    entrySchemas.SignIn,
    [
      { email, password: 'x' },
      { email, password: '' },
      { email: '', password: 'x' },
    ],
  ],
]

describe('the check in a form says what the API says', () => {
  it.each(bodies)('%s', (name, schema, samples) => {
    const check = checkOf(name)
    for (const sample of samples)
      expect([sample, wrongFields(check, sample).size === 0]).toEqual([sample, schema.safeParse(sample).success])
  })
})
