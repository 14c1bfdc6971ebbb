/** A word as it is written, and its syllables of pinyin with their tones. */
export interface PinyinWord {
  text: string
  pinyin: string[]
}

const toneOf = (syllable: string | undefined): number => Number(syllable?.at(-1) ?? 0)
const withTone = (syllable: string, tone: number): string => syllable.slice(0, -1) + tone

const NUMERAL = /[零〇一二三四五六七八九十百千万亿]/
// After these 一 counts in order or ends a number, and keeps its own tone.
const ORDINAL = /[第初周期零〇一二三四五六七八九十]/

function toneOfYi(before: string, after: string, next: string | undefined): number {
  if (!next || !after) return 1
  if (before && before === after) return 5
  if (ORDINAL.test(before) && !/[百千万亿]/.test(after)) return 1
  if (/[月号日世]/.test(after) || /[零〇一二三四五六七八九十]/.test(after)) return 1
  // 个 has lost its tone, but was a fourth one.
  return toneOf(next) === 4 || (toneOf(next) === 5 && after === '个') ? 2 : 4
}

function toneOfBu(before: string, after: string, next: string | undefined): number {
  if (before && before === after) return 5
  return toneOf(next) === 4 ? 2 : 4
}

/** 一 and 不 change with what follows them; only in the middle of a word does 一 of 统一 or 唯一 keep its tone. */
function changeYiAndBu(words: readonly PinyinWord[]): void {
  const flat = words.flatMap(({ text, pinyin }, word) =>
    [...text].map((character, at) => ({ character, word, at, last: at === pinyin.length - 1 })),
  )
  flat.forEach(({ character, word, at, last }, index) => {
    const [before, after] = [flat[index - 1], flat[index + 1]]
    const next = after && words[after.word]?.pinyin[after.at]
    const { pinyin } = words[word] as PinyinWord
    const isEndOfWord = last && pinyin.length > 1 && !NUMERAL.test(before?.character ?? '')
    if (character === '一' && !(isEndOfWord && /[统唯同合归专单逐]/.test(before?.character ?? '')))
      pinyin[at] = withTone(pinyin[at] as string, toneOfYi(before?.character ?? '', after?.character ?? '', next))
    if (character === '不')
      pinyin[at] = withTone(pinyin[at] as string, toneOfBu(before?.character ?? '', after?.character ?? '', next))
  })
}

// Of three third tones the middle one belongs to the last: 小 + 老虎, not 小老 + 虎.
const ONE_AND_TWO = /^[小老好很也我你买打纸冷母总]/

/** Third tones in a word: each rises before another; only in 小老虎 does the first stay low. */
function changeThirdsWithin({ text, pinyin }: PinyinWord): void {
  const thirds = pinyin.map((syllable) => toneOf(syllable) === 3)
  const staysLow = thirds.length === 3 && thirds.every(Boolean) && ONE_AND_TWO.test(text)
  pinyin.forEach((syllable, at) => {
    if (thirds[at] && thirds[at + 1] && !(at === 0 && staysLow)) pinyin[at] = withTone(syllable, 2)
  })
}

/** Between words the third tone rises where one of the two is a single syllable; two longer words keep apart. */
function changeThirdsBetween(words: readonly PinyinWord[]): void {
  for (let at = words.length - 2; at >= 0; at -= 1) {
    const [word, next] = [words[at] as PinyinWord, words[at + 1] as PinyinWord]
    const last = word.pinyin.length - 1
    const isClose = word.pinyin.length === 1 || next.pinyin.length === 1
    if (isClose && toneOf(word.pinyin[last]) === 3 && toneOf(next.pinyin[0]) === 3) {
      word.pinyin[last] = withTone(word.pinyin[last] as string, 2)
    }
  }
}

/** The tones as they change in speech: 一, 不, and third tones. Changes the words in place. */
export function changeTones(words: readonly PinyinWord[]): void {
  changeYiAndBu(words)
  for (const word of words) changeThirdsWithin(word)
  changeThirdsBetween(words)
}
