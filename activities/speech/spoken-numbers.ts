const DIGITS = '零一二三四五六七八九'
const UNITS: Record<string, string> = {
  km: '公里', cm: '厘米', mm: '毫米', kg: '公斤', m: '米', g: '克', h: '小时', GB: 'G B', MB: 'M B', '℃': '摄氏度', '°C': '摄氏度',
} // prettier-ignore
const MONEY: Record<string, string> = { '¥': '元', '￥': '元', $: '美元', '€': '欧元', '£': '英镑' }

const digitNames = (digits: string): string => digits.replace(/\d/g, (digit) => DIGITS[Number(digit)] as string)

function below10000(value: number): string {
  let [said, gap] = ['', false]
  for (const [size, name] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(value / size) % 10
    if (digit === 0) gap = said !== ''
    else {
      said += (gap ? '零' : '') + (DIGITS[digit] as string) + name
      gap = false
    }
  }
  return said
} // prettier-ignore

/** A whole number in Chinese characters: 10500 is 一万零五百. Sixteen digits and more are said one by one. */
export function chineseNumber(digits: string): string {
  if (digits.length > 15 || /^0\d/.test(digits)) return digitNames(digits)
  const groups =
    digits
      .replace(/^0+(?=\d)/, '')
      .padStart(Math.ceil(digits.length / 4) * 4, '0')
      .match(/\d{4}/g) ?? []
  const said = groups.reduce((text, group, at) => {
    const value = Number(group)
    const zero = text && value > 0 && (value < 1000 || groups[at - 1]?.endsWith('0')) ? '零' : ''
    return value === 0 ? text : text + zero + below10000(value) + (['', '万', '亿', '万亿'][groups.length - 1 - at] ?? '')
  }, '')
  return said.replace(/^一十/, '十') || '零'
}

const decimal = (number: string): string => {
  const [whole = '0', part] = number.replace(/,/g, '').split('.')
  return chineseNumber(whole) + (part ? `点${digitNames(part)}` : '')
}

const NUMBER = '\\d[\\d,]*(?:\\.\\d+)?'
const MEASURE = /^2(?=[个条只张本件位名次天年元块家种台部辆杯瓶分岁层倍])/

/** Numbers, dates, times, units and money in a Chinese text, written out as they are said. */
export function writeOutNumbers(text: string): string {
  return (
    text
      .replace(/(?<![\d.])(\d{4})(?=\s*年)/g, (_, year: string) => digitNames(year))
      .replace(/(?<![\d.:])(\d{1,2})[:：](\d{2})(?![\d:])/g, (_, hour: string, minute: string) => {
        return `${hour === '2' ? '两' : chineseNumber(String(Number(hour)))}点${Number(minute) === 0 ? '' : `${Number(minute) < 10 ? '零' : ''}${chineseNumber(String(Number(minute)))}分`}`
      })
      .replace(
        new RegExp(`([¥￥$€£])\\s?(${NUMBER})([万亿]*)`, 'g'),
        (_, sign: string, number: string, size: string) => decimal(number) + size + (MONEY[sign] ?? ''),
      )
      .replace(new RegExp(`(${NUMBER})\\s*[%％]`, 'g'), (_, number: string) => `百分之${decimal(number)}`)
      .replace(
        new RegExp(`(${NUMBER})\\s*(km|cm|mm|kg|GB|MB|m|g|h|℃|°C)(?![A-Za-z])`, 'g'),
        (_, number: string, unit: string) => decimal(number) + (UNITS[unit] ?? unit),
      )
      .replace(/(\d)\s*[~～–—-]\s*(?=\d)/g, '$1到')
      // A telephone number.
      .replace(/(?<![\d.])1[3-9]\d{9}(?!\d)/g, digitNames)
      .replace(new RegExp(NUMBER, 'g'), (number, at: number) =>
        MEASURE.test(number + text.slice(at + number.length)) && number === '2' ? '两' : decimal(number),
      )
  )
}
