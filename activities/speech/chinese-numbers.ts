const DIGITS = '零一二三四五六七八九'
const SMALL = ['', '十', '百', '千']
const LARGE = ['', '万', '亿', '万亿']

/** Digits one by one: 2026 -> 二零二六. What is no digit stays. */
export const digitNames = (digits: string): string => digits.replace(/\d/g, (digit) => DIGITS[Number(digit)] as string)

/** Digits as they are read on the telephone, where 一 would be heard as 七: 110 -> 幺幺零. */
export const phoneNames = (digits: string): string => digitNames(digits).replace(/一/g, '幺')

function fourDigits(group: string): string {
  let words = ''
  for (const [at, digit] of [...group].entries()) {
    const place = group.length - 1 - at
    if (digit !== '0') words += `${DIGITS[Number(digit)]}${SMALL[place]}`
    else if (words !== '' && !words.endsWith('零')) words += '零'
  }
  return words.replace(/零$/, '')
}

// 两 stands before 千, 万 and 亿: 两千, 两万二千.
function withPair(words: string, isFirst: boolean): string {
  return isFirst ? words.replace(/^二(?=千)/, '两') : words
}

function wholeNumber(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '')
  if (plain.length > 16) return digitNames(plain)
  let words = ''
  for (let end = plain.length, rank = 0; end > 0; end -= 4, rank += 1) {
    const group = plain.slice(Math.max(0, end - 4), end)
    const said = withPair(fourDigits(group), end <= 4)
    if (said === '') continue
    // A gap before the lower groups is said once: 一万零五十, 一亿零三.
    const lower = plain.slice(end)
    const gap = words !== '' && lower.startsWith('0') ? '零' : ''
    const scale = LARGE[rank] as string
    words = `${scale && said === '二' && end <= 4 ? '两' : said}${scale}${gap}${words}`
  }
  return words.replace(/^一十/, '十') || '零'
}

/** A number as it is said: -3.14 -> 负三点一四, 20005 -> 两万零五, 007 -> 零零七. Commas between thousands are no matter. */
export function chineseNumber(text: string): string {
  const [, sign = '', whole = '0', part] = /^([-−+]?)([\d,]+)(?:\.(\d+))?$/.exec(text) ?? []
  const digits = whole.replaceAll(',', '')
  const said = /^0\d/.test(digits) ? digitNames(digits) : wholeNumber(digits)
  return `${sign === '-' || sign === '−' ? '负' : ''}${said}${part === undefined ? '' : `点${digitNames(part)}`}`
}
