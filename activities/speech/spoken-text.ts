import { type Language, sentenceSpans } from '../../shared/text.ts'
import { spokenChinese } from './spoken-chinese.ts'
import { spokenEnglish } from './spoken-english.ts'

/** Longer than any line. The rules look ahead, so a text is taken in sentences beyond this, or its length would count squared. */
const LONGEST_AT_ONCE = 600
const MOST_ROUNDS = 4

/**
 * A line as it is to be said: numbers, dates, times, units, money, shares, signs and addresses written out in the words of its language. What is shown stays
 * as it was written. Text without any of these comes back as it is, and so does what was written out before.
 */
export function spokenText(text: string, language: Language): string {
  let said = writtenOut(text, language)
  // A rule may make what another one reads: `5%+` becomes words that a plus stands between. Two rounds settle nearly everything.
  for (let round = 2; round <= MOST_ROUNDS; round += 1) {
    const again = writtenOut(said, language)
    if (again === said) break
    said = again
  }
  return said
}

function writtenOut(text: string, language: Language): string {
  const say = language === 'zh' ? spokenChinese : spokenEnglish
  if (text.length <= LONGEST_AT_ONCE) return say(text)
  let [said, from] = ['', 0]
  for (const { start, end } of sentenceSpans(text, LONGEST_AT_ONCE)) {
    said += text.slice(from, start) + say(text.slice(start, end))
    from = end
  }
  return said + text.slice(from)
}
