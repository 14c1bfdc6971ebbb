import { pinyin as dictionary } from 'pinyin-pro'
import { type PinyinWord, changeTones } from './mandarin-tones.ts'
import { contextReadings } from './mandarin-context.ts'
import { fullEr, fullZi, lightWords, readings } from './mandarin-words.ts'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const knownReadings = Object.entries(readings)
  .map(([word, pinyin]) => ({ word, pinyin: pinyin.split(' ') }))
  .sort((a, b) => a.word.length - b.word.length)

/** A syllable for each character, before any tone changes in speech. */
function syllables(text: string): string[] {
  const found = dictionary(text, { toneType: 'num', type: 'array', toneSandhi: false }).map((each) =>
    each.replace('0', '5').replace('ü', 'v'),
  )
  for (const { at, pinyin } of contextReadings(text)) found[at] = pinyin
  for (const { word, pinyin } of knownReadings) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.splice(at, word.length, ...pinyin)
  }
  return found
}

const soften = (syllable: string): string => `${syllable.slice(0, -1)}5`

/** Light syllables that the dictionary gives their full tone: 东西, 桌子, 朋友们, 高兴地, the second of 妈妈. */
function lighten({ text, pinyin }: PinyinWord, before: string, next: string): void {
  const last = pinyin.length - 1
  // 高兴地笑: a word of its own behind a longer one says how. Not 农村地上, where it is the ground.
  if (text === '地' && before.length > 1 && next && !/^[上下里中处势]/.test(next)) pinyin[0] = 'de5'
  else if (/^(.)\1地$/.test(text)) pinyin[last] = 'de5'
  // 东西方 is east and west.
  else if (text === '东西' && /^[方两部向南北]/.test(next)) pinyin[last] = 'xi1'
  else if (last > 0 && (lightWords.has(text) || (text.endsWith('子') && !fullZi.has(text)) || /[们么]$/.test(text)))
    pinyin[last] = soften(pinyin[last] as string)
}

/** 儿 behind a word is said within its last syllable. */
function bendTongue(words: PinyinWord[]): PinyinWord[] {
  const bent: PinyinWord[] = []
  for (const { text, pinyin } of words) {
    const host = pinyin.length > 1 ? { text, pinyin: pinyin.slice(0, -1) } : bent.at(-1)
    if (!text.endsWith('儿') || !host || fullEr.has(text)) bent.push({ text, pinyin })
    else {
      host.pinyin.push((host.pinyin.pop() as string).replace(/(\d)$/, 'r$1'))
      if (pinyin.length > 1) bent.push(host)
    }
  }
  return bent
}

/**
 * Chinese characters as words with the pinyin they are spoken with: readings by context, light endings, retroflex endings, and
 * the tones as they change in speech. `text` holds nothing but ideographs.
 */
export function spokenPinyin(text: string): PinyinWord[] {
  const all = syllables(text)
  let at = 0
  const words = [...segmenter.segment(text)].map(({ segment }) => {
    const word = { text: segment, pinyin: all.slice(at, at + segment.length) }
    at += segment.length
    return word
  })
  words.forEach((word, index) => lighten(word, words[index - 1]?.text ?? '', words[index + 1]?.text ?? ''))
  changeTones(words)
  return bendTongue(words)
}
