import { expect, it } from 'vitest'
import { csvLines } from './csv.ts'

it('quotes what would break a row', () => {
  expect(csvLines([['a,b', 'say "yes"', 'two\nlines', null, 7]])).toBe('"a,b","say ""yes""","two\nlines",,7\r\n')
})

it('lets no text become a formula', () => {
  expect(csvLines([['=HYPERLINK("http://evil")', '+1', '-1', '@x']])).toBe(`"'=HYPERLINK(""http://evil"")",'+1,'-1,'@x\r\n`)
})
