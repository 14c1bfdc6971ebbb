import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import type { Plugin } from 'vite'

const file = join(import.meta.dirname, '../api/openapi.json')
const prefix = 'api-check:'
const steps = (path: readonly string[]) => path.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')

interface Bounded {
  minLength?: number
  maxLength?: number
  maxItems?: number
}

interface Described {
  $ref?: string
  required?: string[]
  properties?: Record<string, Bounded & { anyOf?: Bounded[] }>
}

/** Where in the API's description the schema stands: `patch/api/account` is the body of that route, `#SignIn` a named schema. */
export function pointerOf(name: string): string {
  if (name.startsWith('#')) return `/components/schemas/${name.slice(1)}`
  const [, method = '', path = ''] = /^(\w+)(\/.*)$/.exec(name) ?? []
  return `/${steps(['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'])}`
}

/** A module that checks a body as the API's description says, written out at build time: no checker is shipped, only what it came to. */
export function checkModule(name: string, document: object): string {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    messages: false,
    logger: false,
    // As zod counts: the API refuses by UTF-16 units.
    unicode: false,
    formats: { email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
    code: { source: true, esm: true, lines: false },
  })
  ajv.addSchema(document, 'api')
  const check = ajv.getSchema(`api#${pointerOf(name)}`)
  if (!check) throw new Error(`${prefix}${name}: no such schema in api/openapi.json`)
  const described = resolved(check.schema as Described, document)
  const most = Object.entries(described.properties ?? {}).flatMap(([field, { anyOf = [], ...own }]) => {
    const bound = [own, ...anyOf].map(({ maxLength, maxItems }) => maxLength ?? maxItems).find((limit) => limit !== undefined)
    return bound === undefined ? [] : [[field, bound] as const]
  })
  const needed = Object.entries(described.properties ?? {})
    .filter(([field, { minLength = 0 }]) => minLength > 0 || described.required?.includes(field))
    .map(([field]) => field)
  return `${standalone.default(ajv, check)}\nvalidate.needed=${JSON.stringify(needed)}\nexport const most=${JSON.stringify(Object.fromEntries(most))}\n`
}

function resolved(schema: Described, document: object): Described {
  if (schema.$ref === undefined) return schema
  const at = schema.$ref.split('/').slice(1)
  return at.reduce<unknown>((part, step) => (part as Record<string, unknown>)[step], document) as Described
}

/** Makes `api-check:patch/api/account` importable: what a form may send, by the API's own description. */
export function apiChecks(): Plugin {
  return {
    name: 'api-checks',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null
      this.addWatchFile(file)
      return checkModule(id.slice(prefix.length + 1), JSON.parse(readFileSync(file, 'utf8')) as object)
    },
  }
}
