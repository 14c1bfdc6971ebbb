import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './json-body.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a JSON body', () => {
  it('of any one meaning is read as it is', () => {
    const bodies = fc.jsonValue({ depthSize: 'medium', maxDepth: 8 })
    fc.assert(
      fc.property(bodies, fc.constantFrom(undefined, 1, '\t'), (body, indent) => {
        expect(parseJson(bytes(JSON.stringify(body, null, indent)))).toEqual(JSON.parse(JSON.stringify(body)))
      }),
    )
  })

  it.each([
    ['{"a":1,"a":2}'],
    ['{"a":1,"b":{"c":0,"c":0}}'],
    ['[{"a":1 , "\\u0061" :2}]'],
    ['{"a":[{"a":{}}],"a":1}'],
    ['{"__proto__":1,"__proto__":2}'],
    ['{"":1,"":2}'],
    ['{"\\\\":1,"\\\\":2}'],
  ])('that names a key twice is refused: %s', (text) => {
    expect(() => parseJson(bytes(text))).toThrow(/twice/)
  })

  it.each([['{"a":{"a":{"a":1}}}'], ['[{"a":1},{"a":1}]'], ['{"a":"\\"a\\":1, \\"a\\":2"}'], ['{"a":"a","b":"a"}']])(
    'is not taken for one that does: %s',
    (text) => {
      expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
    },
  )

  it.each(['{', '[', '{"a":'])('nested a million deep is refused at once: %s', (opening) => {
    const before = performance.now()
    expect(() => parseJson(bytes(opening.repeat(1_000_000)))).toThrow(/nested/)
    expect(performance.now() - before).toBeLessThan(500)
  })

  it('of nothing but quotes or backslashes takes no longer', () => {
    // Looking back from each quote over all before it would take minutes; a busy machine may take seconds for one look at each.
    for (const part of ['"', '\\"', '\\', '\\\\"', '"":']) {
      const before = performance.now()
      expect(() => parseJson(bytes(`{"a${part.repeat(400_000)}`))).toThrow()
      expect(performance.now() - before, part).toBeLessThan(10_000)
    }
  })

  it('that is no UTF-8, or no JSON, is refused', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('The body is not UTF-8.')
    expect(() => parseJson(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toThrow('The body is not UTF-8.')
    for (const text of ['', '{', 'nul', '{"a":1}}', "{'a':1}", '{"a":"'])
      expect(() => parseJson(bytes(text)), text).toThrow('The body is not JSON.')
  })
})
