import type { Language } from '../../shared/text.ts'

/** Units behind a number, the longer ones first. */
export const CHINESE_UNITS: [string, string][] = [
  ['km/h', '公里每小时'],
  ['m/s', '米每秒'],
  ['km²', '平方公里'],
  ['km2', '平方公里'],
  ['m²', '平方米'],
  ['㎡', '平方米'],
  ['m³', '立方米'],
  ['cm²', '平方厘米'],
  ['km', '公里'],
  ['cm', '厘米'],
  ['mm', '毫米'],
  ['nm', '纳米'],
  ['μm', '微米'],
  ['µm', '微米'],
  ['kg', '公斤'],
  ['mg', '毫克'],
  ['μg', '微克'],
  ['ml', '毫升'],
  ['mL', '毫升'],
  ['kWh', '千瓦时'],
  ['kW', '千瓦'],
  ['MW', '兆瓦'],
  ['GW', '吉瓦'],
  ['mAh', '毫安时'],
  ['GHz', '吉赫兹'],
  ['MHz', '兆赫兹'],
  ['kHz', '千赫兹'],
  ['Hz', '赫兹'],
  ['GB', 'G B'],
  ['MB', 'M B'],
  ['KB', 'K B'],
  ['TB', 'T B'],
  ['Mbps', '兆比特每秒'],
  ['dB', '分贝'],
  ['ms', '毫秒'],
  ['min', '分钟'],
  ['℃', '摄氏度'],
  ['°C', '摄氏度'],
  ['℉', '华氏度'],
  ['°F', '华氏度'],
  ['°', '度'],
  ['ha', '公顷'],
  ['Pa', '帕'],
  ['m', '米'],
  ['g', '克'],
  ['h', '小时'],
  ['s', '秒'],
  ['L', '升'],
  ['W', '瓦'],
  ['V', '伏'],
  ['t', '吨'],
]

/** The same in English, one and many. */
export const ENGLISH_UNITS: [string, string, string][] = [
  ['km/h', 'kilometer per hour', 'kilometers per hour'],
  ['mph', 'mile per hour', 'miles per hour'],
  ['m/s', 'meter per second', 'meters per second'],
  ['km²', 'square kilometer', 'square kilometers'],
  ['m²', 'square meter', 'square meters'],
  ['㎡', 'square meter', 'square meters'],
  ['m³', 'cubic meter', 'cubic meters'],
  ['km', 'kilometer', 'kilometers'],
  ['cm', 'centimeter', 'centimeters'],
  ['mm', 'millimeter', 'millimeters'],
  ['nm', 'nanometer', 'nanometers'],
  ['μm', 'micrometer', 'micrometers'],
  ['kg', 'kilogram', 'kilograms'],
  ['mg', 'milligram', 'milligrams'],
  ['lbs', 'pound', 'pounds'],
  ['lb', 'pound', 'pounds'],
  ['oz', 'ounce', 'ounces'],
  ['ft', 'foot', 'feet'],
  ['ml', 'milliliter', 'milliliters'],
  ['mL', 'milliliter', 'milliliters'],
  ['kWh', 'kilowatt hour', 'kilowatt hours'],
  ['kW', 'kilowatt', 'kilowatts'],
  ['MW', 'megawatt', 'megawatts'],
  ['GHz', 'gigahertz', 'gigahertz'],
  ['MHz', 'megahertz', 'megahertz'],
  ['kHz', 'kilohertz', 'kilohertz'],
  ['Hz', 'hertz', 'hertz'],
  ['GB', 'gigabyte', 'gigabytes'],
  ['MB', 'megabyte', 'megabytes'],
  ['TB', 'terabyte', 'terabytes'],
  ['KB', 'kilobyte', 'kilobytes'],
  ['dB', 'decibel', 'decibels'],
  ['ms', 'millisecond', 'milliseconds'],
  ['min', 'minute', 'minutes'],
  ['℃', 'degree Celsius', 'degrees Celsius'],
  ['°C', 'degree Celsius', 'degrees Celsius'],
  ['℉', 'degree Fahrenheit', 'degrees Fahrenheit'],
  ['°F', 'degree Fahrenheit', 'degrees Fahrenheit'],
  ['°', 'degree', 'degrees'],
  ['m', 'meter', 'meters'],
  ['g', 'gram', 'grams'],
  ['L', 'liter', 'liters'],
  ['W', 'watt', 'watts'],
]

const ZH_MONEY: Record<string, string> = { $: '美元', '＄': '美元', '¥': '元', '￥': '元', '€': '欧元', '£': '英镑', '₩': '韩元' }
const ZH_LANDS: Record<string, string> = { HK: '港元', A: '澳元', C: '加元', US: '美元' }

/** What money is called: one of it, many, and its hundredth in English; one word in Chinese. */
export const CURRENCIES = {
  zh: (land: string | undefined, sign: string): string => (land && ZH_LANDS[land]) || (ZH_MONEY[sign] ?? '元'),
  en: {
    $: ['dollar', 'dollars', 'cent'],
    '€': ['euro', 'euros', 'cent'],
    '£': ['pound', 'pounds', 'pence'],
    '¥': ['yuan', 'yuan', 'fen'],
    '￥': ['yuan', 'yuan', 'fen'],
  } as Record<string, [string, string, string]>,
}

const DOT = { zh: '点', en: 'dot' }
const AT = { zh: '艾特', en: 'at' }

/** A web or mail address for the ear: of a long one the server alone, nobody writes down a path from hearing. */
export function spokenAddress(address: string, language: Language): string {
  const plain = address.replace(/^https?:\/\//, '').replace(/^www\./, '')
  const stop = /[.,;:!?]+$/.exec(plain)?.[0] ?? ''
  const [server = ''] = plain.slice(0, plain.length - stop.length).split(/[/?#]/)
  return `${server.replace(/[@.]/g, (sign) => ` ${(sign === '@' ? AT : DOT)[language]} `)}${stop}`
}

/** Full-width digits as plain ones; endless runs of digits or spaces cut down to what can be said, so that no rule takes longer than the line is worth. */
export const plainRuns = (text: string): string =>
  text
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/\s{3,}/g, ' ')
    .replace(/\d{41,}/g, (run) => (run.match(/.{1,8}/g) ?? []).join(' '))
