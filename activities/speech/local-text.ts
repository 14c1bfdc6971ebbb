import { type Language, hasSpeech } from '../../shared/text.ts'

/** A stretch of a line that one language's voice speaks, and the silence behind it. */
export interface SpeechRun {
  language: Language
  text: string
  pauseAfterMs: number
}

const DIGITS = '零一二三四五六七八九'
const digitNames = (digits: string): string => digits.replace(/\d/g, (digit) => DIGITS[Number(digit)] as string)

// What espeak-ng's Mandarin reads wrongly: 3.14 as "three, one four", 12% in English, 2026年 as two thousand ..., 3-5 without "to".
function writeOutChinese(text: string): string {
  return text
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/([\d.]+)\s*[%％]/g, '百分之$1')
    .replace(/(\d{1,2}):(\d{2})(?!\d)/g, '$1点$2分')
    .replace(/(\d)\s*[~～–—-]\s*(?=\d+(?:\.\d+)?\s*\p{sc=Han})/gu, '$1到')
    .replace(/(\d+)\.(\d+)/g, (_, whole: string, part: string) => `${whole}点${digitNames(part)}`)
    .replace(/\d{4}(?=\s*年)/g, digitNames)
    .replace(/\d{9,}/g, digitNames)
}

// Brackets would be read as phonemes, angle brackets as markup, the rest by its English name.
const NOT_SPOKEN = /[[\]{}<>\\|^~`*_#"“”「」『』《》〈〉【】]/gu
const PIECES = /\p{sc=Latin}[\p{sc=Latin}\p{M}\d'’.&+@/-]*(?:\s+(?=\p{sc=Latin}))?/gu

function pauseAfter(text: string): number {
  const last = text.trim().at(-1) ?? ''
  if (/[。！？!?.…]/.test(last)) return 350
  return /[，、；：,;:）)]/.test(last) ? 200 : 30
}

function chineseRuns(text: string): SpeechRun[] {
  const runs: { language: Language; text: string }[] = []
  let from = 0
  const add = (language: Language, piece: string): void => {
    const last = runs.at(-1)
    if (last && (last.language === language || !hasSpeech(piece))) last.text += piece
    else if (piece) runs.push({ language, text: piece })
  }
  for (const match of text.matchAll(PIECES)) {
    add('zh', text.slice(from, match.index))
    add('en', match[0])
    from = match.index + match[0].length
  }
  add('zh', text.slice(from))
  return runs.map((run) => ({ ...run, pauseAfterMs: pauseAfter(run.text) }))
}

function englishRuns(text: string): SpeechRun[] {
  return (text.match(/\p{sc=Han}[\p{sc=Han}，。！？、；：\d]*|\P{sc=Han}+/gu) ?? []).map((piece) => ({
    language: /^\p{sc=Han}/u.test(piece) ? 'zh' : 'en',
    text: piece,
    pauseAfterMs: pauseAfter(piece),
  }))
}

/**
 * A line cut where the script changes, so that Latin words in Chinese are spoken by the English voice and ideographs in English by the Mandarin
 * one; digits belong to the language around them. Nothing in it can be taken for markup or phonemes. Empty when there is nothing to say.
 */
export function speechRuns(text: string, language: Language): SpeechRun[] {
  const plain = text.replace(NOT_SPOKEN, ' ').replace(/\s+/g, ' ').trim()
  const runs = language === 'zh' || !/\p{sc=Latin}/u.test(plain) ? chineseRuns(writeOutChinese(plain)) : englishRuns(plain)
  return runs.filter((run) => hasSpeech(run.text))
}
