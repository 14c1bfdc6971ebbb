/** What may be wrong with the words of a model while the server itself is well. */
export const modelFaults = [
  'broken-json',
  'other-language',
  'too-few-lines',
  'too-many-lines',
  'unknown-speaker',
  'endless-line',
  'repeats-itself',
  'dressed-up',
  'no-lines',
  'refusal',
  'stops-in-the-middle',
  'max-tokens',
  'content-filter',
] as const

interface Lines {
  lines: { speaker: string; text: string }[]
}

const OTHER_LANGUAGE = {
  zh: 'This sentence is written in quite another language than the one that was asked for, and it goes on for a while.',
  en: '这一句话用的是另外一种语言，和要求的完全不一样，而且说了好一会儿还没有说完，听的人一定会觉得奇怪。',
}

/** The model's text as it is when this fault is asked for; only what it says, not how it is sent. */
export function spoilText(answer: unknown, language: 'zh' | 'en', fault: string | undefined): string {
  const lines = (answer as Partial<Lines>).lines
  const middle = lines?.[Math.min(2, lines.length - 1)]
  if (fault === 'broken-json') return JSON.stringify(answer).replace(/"passages":/g, 'passages=')
  if (!lines || !middle) return JSON.stringify(answer)
  if (fault === 'other-language') middle.text = OTHER_LANGUAGE[language]
  if (fault === 'unknown-speaker') middle.speaker = 'Nobody at all'
  if (fault === 'endless-line') middle.text = middle.text.repeat(2_000)
  if (fault === 'repeats-itself') lines.forEach((line) => (line.text = middle.text))
  if (fault === 'no-lines') lines.length = 0
  if (fault === 'dressed-up') {
    for (const line of lines)
      line.text = `**${line.speaker}**: (laughs) ${line.text} 😀 [source](https://example.com/a) https://example.com/b`
  }
  return JSON.stringify(answer)
}
