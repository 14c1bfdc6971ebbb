import { useMemo } from 'react'
import type { Language } from '../lib/types.ts'

/** A title that breaks between words, in Chinese too. */
export function Title({ children, language }: { children: string; language: Language }) {
  const words = useMemo(() => segment(children, language), [children, language])
  return words.map((word, index) =>
    /\s/.test(word) || word.length > 12 ? (
      word
    ) : (
      <span className="nw" key={index}>
        {word}
      </span>
    ),
  )
}

/** So short that no screen breaks it; the dictionary of words is heavy to wake. */
const UNBROKEN = 10

function segment(text: string, language: Language): string[] {
  if (language !== 'zh' || text.length <= UNBROKEN || !('Segmenter' in Intl)) return [text]
  const words: string[] = []
  for (const { segment: part, isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    const last = words.length - 1
    // Punctuation stays with the word it closes, and so does a particle: no line begins with 了.
    const closes = isWordLike ? /^[了着过的地得吗呢吧]$/.test(part) : !/[《“‘（\s]/.test(part)
    if (closes && last >= 0) words[last] += part
    else words.push(part)
  }
  return words
}
