import { decadeWords, digitWords, englishNumber as say, ordinal, yearWords } from './english-numbers.ts'
import { CURRENCIES, ENGLISH_UNITS, plainRuns, spokenAddress } from './spoken-signs.ts'

const N = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`
const B = String.raw`(?<![\d.,\p{L}])`
const TO = String.raw`\s*[-–—~]\s*`
const UNIT = ENGLISH_UNITS.map(([sign]) => sign.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')
const UNIT_NAMES = new Map(ENGLISH_UNITS.map(([sign, one, many]) => [sign, { one, many }]))
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const MONTH = `(${MONTHS.join('|')}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?`
const YEAR = String.raw`(1[1-9]\d{2}|20\d{2})(?![\d,.]\d|\d|\s*(?:people|years|dollars|km|m|kg)\b)`

const monthName = (found: string): string => MONTHS.find((name) => name.startsWith(found.slice(0, 3))) ?? found
const measured = (number: string, sign: string): string => {
  const unit = UNIT_NAMES.get(sign)!
  return `${say(number)} ${number === '1' ? unit.one : unit.many}`
}
const date = (year: string, month: string, day: string): string => {
  const name = MONTHS[Number(month) - 1]
  return name ? `${name} ${ordinal(String(Number(day)))}, ${yearWords(year)}` : `${year}-${month}-${day}`
}
const clock = (hours: string, minutes: string): string => {
  const hour = say(String(Number(hours)))
  if (minutes === '00') return `${hour} o'clock`
  return `${hour} ${minutes.startsWith('0') ? `oh ${say(minutes.slice(1))}` : say(minutes)}`
}
const half = (half_: string | undefined): string => (half_ ? ` ${half_[0]!.toLowerCase()} m` : '')

function money(sign: string, number: string, scale: string | undefined): string {
  const [one, many, hundredth] = CURRENCIES.en[sign] ?? ['', '', '']
  if (scale) return `${say(number)} ${scale.trim().toLowerCase()} ${many}`
  const [whole = '0', part] = number.split('.')
  const name = whole === '1' ? one : many
  if (part?.length !== 2 || hundredth === 'fen') return `${say(number)} ${part === undefined ? name : many}`
  const cents =
    part === '00'
      ? ''
      : `${say(String(Number(part)))} ${hundredth === 'cent' && part !== '01' ? 'cents' : hundredth === 'pence' && part === '01' ? 'penny' : hundredth}`
  const units = `${say(whole)} ${name}`
  return cents === '' ? units : Number(whole) === 0 ? cents : `${units} and ${cents}`
}

function fraction(part: string, whole: string): string {
  if (part === whole) return `${say(part)} ${say(whole)}`
  if (Number(part) >= Number(whole)) return `${say(part)} over ${say(whole)}`
  const name = whole === '2' ? 'half' : whole === '4' ? 'quarter' : ordinal(whole)
  return `${say(part)} ${part === '1' ? name : name === 'half' ? 'halves' : `${name}s`}`
}

type Rule = [RegExp, (...found: string[]) => string]
const rule = (pattern: string, by: (...found: string[]) => string, flags = 'gu'): Rule => [
  new RegExp(pattern, flags),
  (_, ...found) => by(...found),
]
const VULGAR: Record<string, string> = { '½': '1/2', '⅓': '1/3', '⅔': '2/3', '¼': '1/4', '¾': '3/4' }

const RULES: Rule[] = [
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?:\/\/|www\.)[^\s()<>"'，。]+/gu, (found) => spokenAddress(found, 'en')],
  // Dates and times.
  rule(`(?<!\\d)(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?!\\d)`, date),
  rule(`(?<!\\d)(\\d{1,2})/(\\d{1,2})/(\\d{4})(?!\\d)`, (month, day, year) => date(year, month, day)),
  rule(
    `\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)`,
    (month, day, year) => `${monthName(month)} ${ordinal(day)}, ${yearWords(year)}`,
  ),
  rule(
    `\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${MONTH}\\s+(\\d{4})(?!\\d)`,
    (day, month, year) => `${monthName(month)} ${ordinal(day)}, ${yearWords(year)}`,
  ),
  rule(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])`, (month, day) => `${monthName(month)} ${ordinal(day)}`),
  rule(`\\b${MONTH}\\s+(\\d{4})(?!\\d)`, (month, year) => `${monthName(month)} ${yearWords(year)}`),
  rule(`(?<!\\d)((?:1[1-9]|20)\\d0)s\\b`, decadeWords),
  rule(
    `(?<!\\d)((?:1[1-9]|20)\\d{2})\\s*[-–—]\\s*((?:1[1-9]|20)\\d{2})(?![\\d%])`,
    (from, to) => `${yearWords(from)} to ${yearWords(to)}`,
  ),
  rule(
    `\\b(in|since|until|by|from|to|during|before|after|year|of|circa|around)\\s+${YEAR}`,
    (word, year) => `${word} ${yearWords(year)}`,
    'giu',
  ),
  rule(
    `${B}([01]?\\d|2[0-4]):([0-5]\\d)\\s*([ap])(?:\\.m\\.|m\\b)`,
    (h, m, part) => `${m === '00' ? say(String(Number(h))) : clock(h, m)}${half(part)}`,
    'giu',
  ),
  rule(`${B}(1?\\d)\\s*([ap])(?:\\.m\\.|m\\b)`, (h, part) => `${say(h)}${half(part)}`, 'giu'),
  rule(`${B}([01]?\\d|2[0-4]):([0-5]\\d)(?!\\d)`, clock),
  rule(`(?<!\\d)(\\d+):(\\d+)(?!\\d)`, (one, other) => `${say(one)} to ${say(other)}`),
  // What is read digit by digit.
  rule(`(?<![\\d-])(?:\\+?(\\d)[-\\s])?\\(?(\\d{3})\\)?[-\\s](\\d{3})[-\\s](\\d{4})(?!\\d)`, (...groups) =>
    groups.slice(0, 4).filter(Boolean).map(digitWords).join(', '),
  ),
  rule(`(?<![\\d-])(\\d{3})-(\\d{4})(?!\\d)`, (one, other) => `${digitWords(one)}, ${digitWords(other)}`),
  rule(`\\bv?(\\d+(?:\\.\\d+){2,})(?!\\d)`, (version) =>
    version
      .split('.')
      .map((part) => (part.length > 2 ? digitWords(part) : say(part)))
      .join(' point '),
  ),
  // Money, shares, measures.
  rule(
    `(?:US)?([$€£¥￥])\\s*(${N})${TO}[$€£¥￥]?(${N})(\\s*(?:thousand|million|billion|trillion))?\\b`,
    (sign, from, to, scale) => `${say(from)} to ${money(sign, to, scale)}`,
    'giu',
  ),
  rule(`(?:US)?([$€£¥￥])\\s*(${N})(\\s*(?:thousand|million|billion|trillion))?\\b`, money, 'giu'),
  rule(`([-−]?)(${N})\\s*%?${TO}(${N})\\s*%`, (sign, from, to) => `${say(sign + from)} to ${say(to)} percent`),
  rule(`([-−]?)(${N})\\s*%`, (sign, number) => `${say(sign + number)} percent`),
  rule(`(${N})\\s*[×x]\\s*(?=\\d)`, (number) => `${say(number)} times `),
  rule(`(${N})${TO}(${N})\\s?(${UNIT})(?![\\p{L}\\d])`, (from, to, sign) => `${say(from)} to ${measured(to, sign)}`),
  rule(
    `(?<![\\d\\p{L}])([-−]?)(${N})\\s?(${UNIT})(?![\\p{L}\\d])`,
    (sign, number, name) => `${sign ? 'minus ' : ''}${measured(number, name)}`,
  ),
  rule(`(?<!\\d)24/7(?!\\d)`, () => 'twenty-four seven'),
  rule(`\\b(room|flight|gate|route|bus)\\s+(\\d{3,4})\\b`, (what, number) => `${what} ${digitWords(number)}`, 'giu'),
  rule(`\\b([A-Z])2([A-Z])\\b`, (one, other) => `${one} to ${other}`),
  rule(`${B}(\\d{1,3})/(\\d{1,4})(?![\\d/])`, fraction),
  rule(`\\b(\\d+)(?:st|nd|rd|th)\\b`, ordinal),
  rule(`${B}(${N})\\s*[-–—~]\\s*(${N})(?![\\d\\p{L}-])`, (from, to) => `${say(from)} to ${say(to)}`),
  rule(`(?:\\bNo\\.\\s*|№\\s*|#)(\\d+)`, (number) => `number ${say(number)}`),
  rule(`(${N})\\+(?!\\s*\\d)`, (number) => `more than ${say(number)}`),
  rule(`(?<![\\d\\p{L}])[-−](${N})`, (number) => `minus ${say(number)}`),
  rule(`(?<![\\p{L}\\d])(\\d{10,})(?!\\d)`, digitWords),
  rule(`(\\p{L})-?(${N})`, (letter, number) => `${letter} ${say(number)}`),
  rule(`(${N})(?=\\p{L})`, (number) => `${say(number)} `),
  rule(`(${N})`, say),
]

const SIGNS: [RegExp, string][] = [
  [/\s*[&＆]\s*/g, ' and '],
  [/C\+\+/g, 'C plus plus'],
  [/C#/g, 'C sharp'],
  [/\s*[×✕]\s*/g, ' times '],
  [/\s*÷\s*/g, ' divided by '],
  [/\s*≈\s*/g, ' is about '],
  [/\s*≠\s*/g, ' is not equal to '],
  [/\s*(?:≤|<=)\s*/g, ' is at most '],
  [/\s*(?:≥|>=)\s*/g, ' is at least '],
  [/\s*±\s*/g, ' plus or minus '],
  [/(?<=\p{L})\s+\+\s+(?=\p{L})/gu, ' plus '],
  [/(?<=\p{L})\s+=\s+(?=\p{L})/gu, ' equals '],
  [/\s*[→➜]\s*/g, ' to '],
  [/\s*@\s*/g, ' at '],
  [/%/g, ' percent'],
  [/\bDr\.(?=\s\p{Lu})/gu, 'Doctor'],
  [/\bMr\.(?=\s)/g, 'Mister'],
  [/\bMrs\.(?=\s)/g, 'Missus'],
  [/\bProf\.(?=\s)/g, 'Professor'],
  [/\bvs\.?(?=\s)/g, 'versus'],
  [/\be\.g\.,?/g, 'for example,'],
  [/\bi\.e\.,?/g, 'that is,'],
  [/\betc\.(?=\s*$)/g, 'et cetera.'],
  [/\betc\.?(?!\p{L})/gu, 'et cetera'],
  [/\bapprox\./g, 'approximately'],
]

/** English written out as it is said. */
export function spokenEnglish(text: string): string {
  let said = plainRuns(text).replace(
    /(\d?)([½⅓⅔¼¾])/g,
    (_, whole: string, sign: string) => `${whole && `${whole} and `}${VULGAR[sign]}`,
  )
  for (const [pattern, by] of RULES) said = said.replace(pattern, by)
  for (const [pattern, by] of SIGNS) said = said.replace(pattern, by)
  return said.replace(/ {2,}/g, ' ').trim()
}
