import { globSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'
import { expect, it } from 'vitest'
import { words as enFirst } from '../web/src/i18n/en/all.ts'
import { words as enLater } from '../web/src/i18n/en/later.ts'
import { words as zhFirst } from '../web/src/i18n/zh/all.ts'
import { words as zhLater } from '../web/src/i18n/zh/later.ts'

interface Tree {
  [key: string]: string | Tree | undefined
}
interface Node {
  type: string
  [key: string]: unknown
}

/** `library.filters.all` -> words. */
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value ?? {}, `${path}${key}.`),
  )
/** The name by which the screens ask: without the form of the plural. */
const stem = (key: string) => key.replace(/_(one|other)$/, '')
const dictionaries = { zh: flat({ ...zhFirst, ...zhLater }), en: flat({ ...enFirst, ...enLater }) }
const stems = (language: 'zh' | 'en') => [...new Set(dictionaries[language].map(([key]) => stem(key)))].sort()

const sources = globSync('web/src/**/*.{ts,tsx}', { exclude: (path) => path.includes('/i18n/') })
  .filter((path) => !path.includes('.test.'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

function* everyNode(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* everyNode(one)
  else if (value !== null && typeof value === 'object') {
    if ('type' in value && typeof value.type === 'string') yield value as Node
    for (const one of Object.values(value)) yield* everyNode(one)
  }
}

const hasWords = (text: string) => /\p{L}{2,}/u.test(text)
/** What a screen shows or says of itself. */
const spoken = new Set(['aria-label', 'aria-valuetext', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'note'])
/** The same in every language: the house, the languages in their own words, keys of a keyboard, a currency. */
const names = new Set(['AIMake', '中文', 'English', 'Ctrl+Enter', 'US$'])

/** Words that stand in the code of a screen instead of in the dictionaries. */
function hardCoded(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  return [...everyNode(program)].flatMap((node) => {
    const said = textOf(node)
    return said !== undefined && hasWords(said) && !names.has(said.trim()) ? [`${path}: ${said.trim()}`] : []
  })
}

function textOf(node: Node): string | undefined {
  if (node.type === 'JSXText') return node['value'] as string
  if (node.type !== 'JSXAttribute' || !spoken.has((node['name'] as { name?: string }).name ?? '')) return undefined
  const value = node['value'] as Node | null
  return value?.type === 'Literal' ? String(value['value']) : undefined
}

it('both languages have the same words, with the same values in them', () => {
  expect(stems('en')).toEqual(stems('zh'))
  const values = (text: string) => [...new Set(text.match(/{{\w+}}|<\w+\/>/g))].sort()
  const english = new Map(dictionaries.en.map(([key, text]) => [key, text]))
  for (const [key, text] of dictionaries.zh) {
    const other = english.get(key) ?? english.get(`${key}_other`)
    // A language may leave a value out that it has no use for, but not ask for one that nobody gives.
    expect(
      values(other ?? '').filter((value) => !values(text).includes(value)),
      `${key} in English`,
    ).toEqual([])
  }
})

it('every word is asked for somewhere, and none is asked for that is not there', () => {
  const known = new Set(stems('zh'))
  const code = sources.map(({ text }) => text).join('\n')
  const literal = new Set([...code.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/g)].map(([, key]) => key!))
  // `t(`front.${key}`)`: the beginning is written, the end is computed.
  const computed = [...code.matchAll(/`([a-z]\w*(?:\.\w+)*\.\w*)\$\{/g)].map(([, start]) => start!)
  const isAsked = (key: string) => literal.has(key) || computed.some((start) => key.startsWith(start))
  expect([...known].filter((key) => !isAsked(key))).toEqual([])

  const asked = [...code.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => key!)
  expect(asked.length).toBeGreaterThan(200)
  expect(asked.filter((key) => !known.has(key))).toEqual([])
})

it('no screen has words of its own', () => {
  expect(sources.filter(({ path }) => path.endsWith('.tsx')).flatMap(({ path, text }) => hardCoded(path, text))).toEqual([])
  // And it would be seen.
  expect(hardCoded('planted.tsx', 'export const A = () => <p title="Good day">说话 {x}</p>')).toEqual([
    'planted.tsx: Good day',
    'planted.tsx: 说话',
  ])
})
