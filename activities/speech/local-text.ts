import { type Language, hasSpeech } from '../../shared/text.ts'

/** A stretch of a line that one language's voice speaks, and the silence behind it. */
export interface SpeechRun {
  language: Language
  text: string
  pauseAfterMs: number
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
 * one; digits belong to the language around them (the text comes written out, so there are none). Nothing in it can be taken for markup or phonemes. Empty when there is nothing to say.
 */
export function speechRuns(text: string, language: Language): SpeechRun[] {
  const plain = text.replace(NOT_SPOKEN, ' ').replace(/\s+/g, ' ').trim()
  const runs = language === 'zh' || !/\p{sc=Latin}/u.test(plain) ? chineseRuns(plain) : englishRuns(plain)
  return runs.filter((run) => hasSpeech(run.text))
}
