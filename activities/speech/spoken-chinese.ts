import { chineseNumber as say, digitNames, phoneNames } from './chinese-numbers.ts'
import { CHINESE_UNITS, CURRENCIES, plainRuns, spokenAddress } from './spoken-signs.ts'

const N = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`
/** Not in the middle of a number or of a Latin word. */
const B = String.raw`(?<![\d.,\p{sc=Latin}])`
const SCALE = '[十百千万亿]*'
const TO = String.raw`\s*[-–—~～〜至到]\s*`
const UNIT = CHINESE_UNITS.map(([sign]) => sign.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')
const UNIT_NAMES = new Map(CHINESE_UNITS)
const MEASURES =
  '个|只|次|天|人|位|本|张|条|种|倍|小时|分钟|周|公里|千米|米|块|名|家|件|项|层|场|部|辆|台|座|篇|句|字|份|门|双|岁|斤|公斤|吨|杯|瓶|章|颗|头|匹|遍|回|步|年(?!级|[\\d一-十]+月)|成|股|所|支|支队|队|方面|方|轮|套|组|点(?!\\d)|美元|元|英镑|欧元|日元'
const unit = (sign: string): string => UNIT_NAMES.get(sign) ?? sign
/** 2 before a measure word is 两, alone and in no other number. */
const counted = (number: string): string => (number === '2' ? '两' : say(number))
const pad = (minutes: string): string => (/^0[1-9]/.test(minutes) ? `零${say(minutes.slice(1))}` : say(minutes))

function clock(hours: string, minutes: string, seconds?: string): string {
  const rest = seconds === undefined ? '' : `${pad(seconds)}秒`
  if (minutes === '00') return `${hour(hours)}点${rest ? `零分${rest}` : '整'}`
  return `${hour(hours)}点${pad(minutes)}分${rest}`
}
const hour = (hours: string): string => (Number(hours) === 2 ? '两' : say(String(Number(hours))))

const date = (year: string, month: string, day: string): string =>
  Number(month) > 12 || Number(day) > 31
    ? `${digitNames(year)} ${digitNames(month)} ${digitNames(day)}`
    : `${digitNames(year)}年${say(String(Number(month)))}月${say(String(Number(day)))}日`

/** Nobody says the last zero of a price. */
const plainMoney = (number: string): string => number.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

type Rule = [RegExp, (...found: string[]) => string]
const rule = (pattern: string, by: (...found: string[]) => string): Rule => [
  new RegExp(pattern, 'gu'),
  (_, ...found) => by(...found),
]

const POWERS: Record<string, string> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁻': '-',
}
const VULGAR: Record<string, string> = { '½': '二分之一', '⅓': '三分之一', '⅔': '三分之二', '¼': '四分之一', '¾': '四分之三' }

// First what is longest and surest; what is left at the end is a plain number.
const RULES: Rule[] = [
  [
    /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?:\/\/|www\.)[^\s，。！？；：、（）()《》“”"'<>]+/gu,
    (found) => spokenAddress(found, 'zh'),
  ],
  rule(`CO(?:2|₂)(?![\\dA-Za-z])`, () => '二氧化碳'),
  rule(`(?<!\\p{sc=Latin})([A-Z])2([A-Z])(?![\\p{sc=Latin}\\d])`, (one, other) => `${one} to ${other}`),
  rule(`(?<!\\d)24/7(?!\\d)`, () => '全天候'),
  rule(`(\\p{sc=Latin})²`, (letter) => `${letter}的平方`),
  // Dates and times.
  rule(`(?<!\\d)(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?![\\d.])(?:日|号)?`, date),
  rule(`(?<!\\d)(\\d{4})${TO}(\\d{4})\\s*年`, (from, to) => `${digitNames(from)}到${digitNames(to)}年`),
  rule(
    `(?<!\\d)((?:1[1-9]|20)\\d{2})${TO}((?:1[1-9]|20)\\d{2})(?![\\d个人元米])`,
    (from, to) => `${digitNames(from)}到${digitNames(to)}`,
  ),
  rule(`(?<!\\d)(\\d000)\\s*年(?=前|来|以前|的历史|历史)`, (years) => `${say(years)}年`),
  rule(`(?<!\\d)(\\d{4})\\s*年`, (year) => `${digitNames(year)}年`),
  rule(`(?<!\\d)(\\d{2})\\s*年(?=\\s*\\d{1,2}\\s*月)`, (year) => `${digitNames(year)}年`),
  rule(`(?<!\\d)((?:19|20)\\d0)s`, (year) => `${digitNames(year)}年代`),
  rule(`(?<!\\d)([5-9]0|00|10)后`, (year) => `${digitNames(year)}后`),
  rule(
    `(比分|比例|比率|以)([^\\d]{0,3})(\\d+)\\s*[:：]\\s*(\\d+)`,
    (what, between, one, other) => `${what}${between}${say(one)}比${say(other)}`,
  ),
  rule(
    `${B}([01]?\\d|2[0-4])[:：]([0-5]\\d)(?:[:：]([0-5]\\d))?${TO}([01]?\\d|2[0-4])[:：]([0-5]\\d)(?!\\d)`,
    (h, m, s, h2, m2) => `${clock(h, m, s)}到${clock(h2, m2)}`,
  ),
  rule(`${B}([01]?\\d|2[0-4])[:：]([0-5]\\d)(?:[:：]([0-5]\\d))?(?!\\d)`, (h, m, s) => clock(h, m, s)),
  rule(`(?<!\\d)(\\d+)[:：](\\d+)(?!\\d)`, (one, other) => `${say(one)}比${say(other)}`),
  // What is read digit by digit.
  rule(
    `(?<!\\d)(?:\\+86[-\\s]?)?(1[3-9]\\d)[-\\s]?(\\d{4})[-\\s]?(\\d{4})(?!\\d)`,
    (a, b, c) => `${phoneNames(a)}，${phoneNames(b)}，${phoneNames(c)}`,
  ),
  rule(`(?<!\\d)(0\\d{2,3})-(\\d{7,8})(?!\\d)`, (area, number) => `${phoneNames(area)}，${phoneNames(number)}`),
  rule(`(?<!\\d)([48]00)-(\\d{3})-?(\\d{4})(?!\\d)`, (a, b, c) => `${phoneNames(a)}，${phoneNames(b)}，${phoneNames(c)}`),
  rule(
    `((?:电话|热线|拨打|请拨|号码|客服)[^\\d。，]{0,4})(\\d{3,12})(?!\\d)`,
    (before, number) => `${before}${phoneNames(number)}`,
  ),
  rule(
    `((?:邮编|编号|密码|验证码|代码|房间|车牌|学号|工号|尾号|QQ)[^\\d。，]{0,3})(\\d{3,})(?!\\d)`,
    (before, number) => `${before}${digitNames(number)}`,
  ),
  rule(`${B}(\\d{3,})(?=号(?!线))`, digitNames),
  rule(`(?<!\\d)(\\d{3,4})(?=室|号房|房间|航班|次列车|次航班)`, digitNames),
  rule(`(?<!\\d)(985|211|996|007|12306|12345|618)(?![\\d.,%％个人元年月万亿米])`, digitNames),
  rule(`(?<!\\d)(315|110|119|120|122)(?=晚会|报警|急救|电话|火警|指挥)`, phoneNames),
  rule(`(?<!\\d)(\\d{17}[\\dXx])(?!\\d)`, digitNames),
  rule(`双11(?!\\d)`, () => '双十一'),
  rule(`双12(?!\\d)`, () => '双十二'),
  rule(`[vV]?(\\d+(?:\\.\\d+){2,})(?!\\d)`, (version) => digitNames(version).replaceAll('.', '点')),
  // Money, shares, measures.
  rule(
    `(?:(US|HK|A|C)?([$＄¥￥€£₩]))\\s*(${N})${TO}(?:[$＄¥￥€£₩])?\\s*(${N})(${SCALE})`,
    (land, sign, from, to, scale) => `${say(from)}到${say(to)}${scale}${CURRENCIES.zh(land, sign)}`,
  ),
  rule(
    `(?:(US|HK|A|C)?([$＄¥￥€£₩]))\\s*(${N})\\s*(${SCALE})`,
    (land, sign, number, scale) => `${scale ? say(number) : counted(plainMoney(number))}${scale}${CURRENCIES.zh(land, sign)}`,
  ),
  rule(
    `([-−+]?)(${N})\\s*[%％]?${TO}(${N})\\s*[%％]`,
    (sign, from, to) => `${sign === '-' || sign === '−' ? '负' : ''}百分之${say(from)}到百分之${say(to)}`,
  ),
  rule(`(?<![\\d.])100\\s*[%％]`, () => '百分之百'),
  rule(`([-−]?)(${N})\\s*[%％]`, (sign, number) => `${sign ? '负' : ''}百分之${say(number)}`),
  rule(`(${N})\\s*‰`, (number) => `千分之${say(number)}`),
  rule(
    `(?<![\\d\\p{L}])([-−]?)(${N})${TO}([-−]?)(${N})\\s*(?:℃|°C)`,
    (below, from, sign, to) =>
      `${below ? '零下' : ''}${say(from)}到${below && !sign ? '零上' : ''}${sign ? '零下' : ''}${say(to)}摄氏度`,
  ),
  rule(`(?<![\\d\\p{L}])[-−](${N})\\s*(?:℃|°C|度)`, (number) => `零下${say(number)}摄氏度`),
  rule(
    `(${N})\\s*[×xX*]\\s*10\\^?([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|-?\\d+)`,
    (number, power) => `${say(number)}乘以十的${say(plainPower(power))}次方`,
  ),
  rule(`(${N})\\s*[×xX*]\\s*(?=\\d)`, (number) => `${say(number)}乘以`),
  rule(`(${N})${TO}(${N})\\s*(${UNIT})(?![\\p{sc=Latin}\\d])`, (from, to, sign) => `${say(from)}到${say(to)}${unit(sign)}`),
  rule(
    `(${N})\\s*(${SCALE})\\s*(${UNIT})(?![\\p{sc=Latin}\\d])`,
    (number, scale, sign) => `${scale ? say(number) : counted(number)}${scale}${unit(sign)}`,
  ),
  rule(`${B}(\\d{1,3})/(\\d{1,4})(?![\\d/])`, (part, whole) =>
    Number(part) < Number(whole) ? `${say(whole)}分之${say(part)}` : `${say(part)}比${say(whole)}`,
  ),
  rule(`(${N})[²](?!\\d)`, (number) => `${say(number)}的平方`),
  rule(`(${N})[³](?!\\d)`, (number) => `${say(number)}的立方`),
  rule(`10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)`, (power) => `十的${say(plainPower(power))}次方`),
  // Plain numbers.
  rule(`${B}(${N})${TO}(${N})(?=\\s*${SCALE}(?:${MEASURES}))`, (from, to) => `${counted(from)}到${counted(to)}`),
  rule(`(?<!第)${B}(${N})${TO}(${N})(?![\\d-])`, (from, to) => `${say(from)}到${say(to)}`),
  rule(`(${N})(${SCALE})\\+(?!\\d|\\s*\\d)`, (number, scale) => `${say(number)}${scale}多`),
  rule(`(?<!第)(?<![\\d.,])2(?=\\s*(?:${MEASURES}))`, () => '两'),
  rule(`(?<!第)(?<![\\d.,])2(?=[千万亿])`, () => '两'),
  rule(`(?:No\\.|№)\\s*(\\d+)`, (number) => `第${say(number)}`),
  rule(`#\\s*(\\d+)`, (number) => `${say(number)}号`),
  rule(`(?<![\\d\\p{L}])[-−](${N})`, (number) => `负${say(number)}`),
  rule(`(\\p{sc=Latin})[-\\s]?(\\d{3,})(?![\\d.,])`, (letter, number) => `${letter} ${digitNames(number)}`),
  rule(`(\\p{sc=Latin})-(?=\\d)`, (letter) => `${letter} `),
  rule(`(?<!\\d)(\\d{3,4})([pP])(?![\\p{sc=Latin}])`, (number) => `${digitNames(number)} P`),
  rule(`(?<!\\d)(\\d{11,}|(?!\\d+0000(?!\\d))\\d{9,10}(?![人个元万亿名\\d]))`, digitNames),
  rule(`(\\p{sc=Latin})(${N})`, (letter, number) => `${letter} ${say(number)}`),
  rule(`(${N})(?=\\s*\\p{sc=Latin})`, (number) => `${say(number)} `),
  rule(`(${N})`, say),
]

const plainPower = (power: string): string => [...power].map((sign) => POWERS[sign] ?? sign).join('')

const SIGNS: [RegExp, string][] = [
  [/C\+\+/g, 'C 加加'],
  [/C#/g, 'C sharp'],
  [/\s*[×✕]\s*/g, '乘以'],
  [/\s*÷\s*/g, '除以'],
  [/\s*≈\s*/g, '约等于'],
  [/\s*≠\s*/g, '不等于'],
  [/\s*(?:≤|<=)\s*/g, '小于等于'],
  [/\s*(?:≥|>=)\s*/g, '大于等于'],
  [/\s*±\s*/g, '正负'],
  [/(?<=[\p{sc=Han}\p{L}])\s*=\s*(?=[\p{sc=Han}\p{L}])/gu, '等于'],
  [/(?<=[零一二三四五六七八九十百千万亿方\p{sc=Latin}])\s*\+\s*(?=[零一二三四五六七八九十百千万亿]|\p{sc=Latin})/gu, '加'],
  [/(?<=[零一二三四五六七八九十百千万亿])\s*<\s*(?=[零一二三四五六七八九十百千万亿])/gu, '小于'],
  [/(?<=[零一二三四五六七八九十百千万亿])\s*>\s*(?=[零一二三四五六七八九十百千万亿])/gu, '大于'],
  [/\s*[→➜]\s*/g, '到'],
  [/\s*[&＆]\s*/g, '和'],
  [/∞/g, '无穷大'],
  [/π/g, '派'],
  [/√/g, '根号'],
  [/°/g, '度'],
  [/℃/g, '摄氏度'],
  [/㎡/g, '平方米'],
  [/[%％]/g, '百分号'],
  [/@/g, '艾特'],
  [/\bvs\.?(?![\p{sc=Latin}])/giu, '对'],
  [/\be\.g\.,?/gi, '例如'],
  [/\bi\.e\.,?/gi, '也就是'],
  [/\betc\./gi, '等等'],
]

/** Said as a word, not letter by letter. */
const WORDS = new Set(
  'NASA NATO OPEC UNESCO UNICEF COVID RAM ROM SIM PIN SARS AIDS LASER APEC IKEA LEGO NIKE SONY BASIC JAVA VIP'
    .split(' ')
    .filter((word) => word !== 'VIP'),
)

const lettersApart = (word: string): string => (WORDS.has(word) ? word : [...word].join(' '))

/** Chinese written out as it is said; English words in it stay, their abbreviations are spelled. */
export function spokenChinese(text: string): string {
  let said = plainRuns(text).replace(/[½⅓⅔¼¾]/g, (sign) => VULGAR[sign] as string)
  for (const [pattern, by] of RULES) said = said.replace(pattern, by)
  for (const [pattern, by] of SIGNS) said = said.replace(pattern, by)
  return said.replace(/(?<!\p{sc=Latin})\p{Lu}{2,6}(?!\p{sc=Latin})/gu, lettersApart).replace(/ {2,}/g, ' ')
}
