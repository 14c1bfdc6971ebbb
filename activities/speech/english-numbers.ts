const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = '. . twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const LARGE = ['', ' thousand', ' million', ' billion', ' trillion']
const ORDINALS: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
}

function underThousand(value: number): string {
  if (value < 20) return SMALL[value] as string
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 ? `-${SMALL[value % 10]}` : ''}`
  const rest = value % 100
  return `${SMALL[Math.floor(value / 100)]} hundred${rest ? ` ${underThousand(rest)}` : ''}`
}

/** Digits one by one: 408 -> four zero eight. */
export const digitWords = (digits: string): string => [...digits].map((digit) => SMALL[Number(digit)] ?? digit).join(' ')

function wholeWords(digits: string): string {
  if (digits.length > 15) return digitWords(digits)
  const value = Number(digits)
  if (value < 1000) return underThousand(value)
  const words: string[] = []
  for (let left = value, rank = 0; left > 0; left = Math.floor(left / 1000), rank += 1) {
    if (left % 1000) words.unshift(`${underThousand(left % 1000)}${LARGE[rank]}`)
  }
  return words.join(' ')
}

/** A number as it is said: -1,234.5 -> minus one thousand two hundred thirty-four point five. */
export function englishNumber(text: string): string {
  const [, sign = '', whole = '0', part] = /^([-−+]?)([\d,]+)(?:\.(\d+))?$/.exec(text) ?? []
  const digits = whole.replaceAll(',', '')
  const said = /^0\d/.test(digits) ? digitWords(digits) : wholeWords(digits)
  return `${sign === '-' || sign === '−' ? 'minus ' : ''}${said}${part === undefined ? '' : ` point ${digitWords(part)}`}`
}

/** 21 -> twenty-first. */
export function ordinal(number: string): string {
  return englishNumber(number).replace(
    /[a-z]+$/,
    (last) => ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`),
  )
}

/** A year: 1905 -> nineteen oh five, 2026 -> twenty twenty-six, 2008 -> two thousand eight. */
export function yearWords(year: string): string {
  const value = Number(year)
  const [century, rest] = [Math.floor(value / 100), value % 100]
  if (value % 1000 === 0 || (value >= 2000 && value < 2010)) return englishNumber(year)
  if (rest === 0) return `${underThousand(century)} hundred`
  return `${underThousand(century)} ${rest < 10 ? `oh ${SMALL[rest]}` : underThousand(rest)}`
}

/** 1990 -> nineteen nineties. */
export const decadeWords = (year: string): string =>
  year.endsWith('00') ? `${yearWords(year)}s` : yearWords(year).replace(/y$/, 'ies').replace(/ten$/, 'tens')
