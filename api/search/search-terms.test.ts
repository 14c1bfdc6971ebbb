import { describe, expect, it } from 'vitest'
import { excerptOf, matchesIn, termsOf, tsQuery } from './search-terms.ts'

const shown = (text: string, question: string, stems: string[] = []) =>
  matchesIn(text, termsOf(question), stems).map(({ start, end }) => text.slice(start, end))

describe('what a question asks for', () => {
  it('is runs of Chinese and words, in any width and case', () => {
    expect(termsOf('人工智能, ＡＩ Podcasts!')).toEqual([
      { text: '人工智能', isWord: false },
      { text: 'ai', isWord: true },
      { text: 'podcasts', isWord: true },
    ])
    expect(termsOf("…'&|!:*()")).toEqual([])
    expect(termsOf('a '.repeat(50))).toHaveLength(12)
  })

  it('is said to Postgres with its owner in every word, and nothing of it can end a quote', () => {
    expect(tsQuery(termsOf('人工智能 Podcasts'), 'o.', ['podcast'])).toBe("('o.人工' <-> 'o.工智' <-> 'o.智能') & 'o.podcast':*")
    expect(tsQuery(termsOf('播客'), 'o.', [])).toBe("('o.播客')")
    expect(tsQuery(termsOf('茶'), 'o.', [])).toBe("'o.茶':*")
    expect(tsQuery(termsOf("x' | 'y"), 'o.', ['x', 'y'])).toBe("'o.x' & 'o.y'")
  })
})

describe('the hit', () => {
  it('is shown where it stands, whatever was folded before it', () => {
    expect(shown('😀 ﬁne：人工智能，人工', '人工')).toEqual(['人工', '人工'])
    expect(shown('Café voices and VOICE', 'cafe voices', ['cafe', 'voic'])).toEqual(['Café', 'voices', 'VOICE'])
  })

  it('is in the part that is shown, also far behind', () => {
    const text = `${'很长的一段话。'.repeat(60)}这里说到播客。${'后面还有很多。'.repeat(60)}`
    const { text: part, matches } = excerptOf(text, termsOf('播客'), [])
    expect(part.length).toBeLessThanOrEqual(122)
    expect(matches.map(({ start, end }) => part.slice(start, end))).toEqual(['播客'])
  })
})
