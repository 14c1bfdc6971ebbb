import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseSync } from 'vite'

/** Something a file takes from elsewhere. */
export interface Import {
  /** Path from the root of the house (`./x.ts` at the root itself), or the name of a package or Node module. */
  target: string
  typeOnly: boolean
  /** The names taken; `*` for all of them. */
  names: string[]
}

/** A source file, as far as the rules of the house look at it. */
export interface Module {
  path: string
  imports: Import[]
  readsEnvironment: boolean
  /** It only hands on what other files made. */
  isBarrel: boolean
}

interface Node {
  type: string
  [key: string]: unknown
}

const rooms = '{activities,admin,api,bench,client,prisma,scripts,shared,tests,web,workflows}'
const notOurs = /(^|\/)(node_modules|dist|generated)(\/|$)/

/** All source files of the house. */
export function readHouse(root: URL): Module[] {
  const paths = [`${rooms}/**/*.{ts,tsx,js,jsx,mts,mjs}`, '*.{ts,js}'].flatMap((pattern) =>
    globSync(pattern, { cwd: root, exclude: (path) => notOurs.test(path.replaceAll('\\', '/')) }),
  )
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => readModule(path, readFileSync(new URL(path, root), 'utf8')))
}

/** What `source`, standing at `path`, imports and reads. Throws when it is not valid TypeScript. */
export function readModule(path: string, source: string): Module {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const body = program.body as unknown as Node[]
  const nodes = [...everyNode(body)]
  // `import(PACKAGE)` of an optional package is kept from the compiler by a constant, not from us.
  const constants = new Map(
    nodes
      .filter(({ type }) => type === 'VariableDeclarator')
      .map((node) => [nameOf(node['id']), (node['init'] as Node | null)?.['value']]),
  )
  return {
    path,
    imports: nodes.flatMap((node) => importOf(node, path, constants)),
    readsEnvironment: nodes.some(readsEnvironment),
    isBarrel: body.some(isReExport) && body.every((node) => isReExport(node) || node.type === 'ImportDeclaration'),
  }
}

function* everyNode(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* everyNode(item)
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value) yield value as Node
    yield* everyNode(Object.values(value))
  }
}

const isReExport = (node: Node) =>
  node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node['source'] !== null)

/** `import`, `export ... from`, `import()` and `import('...').Type` alike. */
function importOf(node: Node, path: string, constants: Map<string, unknown>): Import[] {
  const asked = node['source'] as { value?: unknown; name?: string } | null | undefined
  if (!/^(Import|Export(All|Named))Declaration$|^Import(Expression)?$|^TSImportType$/.test(node.type) || !asked) return []
  const value = asked.value ?? constants.get(asked.name ?? '')
  // A computed path could lead anywhere: no rule can hold it, so it takes the name of nothing allowed.
  const target = typeof value === 'string' ? resolve(value, path) : 'a computed path'
  const specifiers = (node['specifiers'] ?? []) as Node[]
  const allTypes =
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier['importKind'] === 'type' || specifier['exportKind'] === 'type')
  const typeOnly = node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type' || allTypes
  const names = specifiers.map((specifier) =>
    nameOf(specifier['imported'] ?? (node.type === 'ImportDeclaration' ? undefined : specifier['local'])),
  )
  return [{ target, typeOnly, names: node.type === 'ImportDeclaration' || specifiers.length > 0 ? names : ['*'] }]
}

const nameOf = (name: unknown): string => (name as { name?: string } | undefined)?.name ?? '*'

function resolve(specifier: string, from: string): string {
  const plain = specifier.replace(/[?#].*$/, '')
  if (!plain.startsWith('.')) return plain
  const path = posix.join(posix.dirname(from), plain)
  // A file at the root keeps its dot, so that it is not taken for a package: `hls.js` is one.
  return path.includes('/') ? path : `./${path}`
}

/** `process.env`, `const { env } = process`, and `env` taken from `node:process`. */
function readsEnvironment(node: Node): boolean {
  const named = (value: unknown, name: string) => nameOf(value) === name || (value as Node | undefined)?.['value'] === name
  if (node.type === 'MemberExpression') return named(node['property'], 'env') && isProcess(node['object'])
  if (node.type === 'VariableDeclarator' && isProcess(node['init'])) {
    return (((node['id'] as Node)['properties'] ?? []) as Node[]).some((property) => named(property['key'], 'env'))
  }
  if (node.type !== 'ImportDeclaration' || !/^(node:)?process$/.test(String((node['source'] as Node)['value']))) return false
  return (node['specifiers'] as Node[]).some((specifier) => named(specifier['imported'], 'env'))
}

const isProcess = (value: unknown): boolean =>
  nameOf(value) === 'process' ||
  ((value as Node | undefined)?.type === 'MemberExpression' && nameOf((value as Node)['property']) === 'process')
