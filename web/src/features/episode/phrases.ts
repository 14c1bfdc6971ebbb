const phrase = /[^，。！？；：、,.!?;:…]+[，。！？；：、,.!?;:…”’"')）]*/gu

/** Which phrase of a line is being read: by its share of the characters, for nobody gives the time of words. */
export function phraseAt(text: string, share: number): { before: string; now: string; after: string } {
  const parts = text.match(phrase) ?? [text]
  const target = Math.min(Math.max(share, 0), 0.999) * text.length
  let at = 0
  for (const part of parts) {
    const start = text.indexOf(part, at)
    const end = start + part.length
    if (target < end) {
      const bare = part.replace(/[，。！？；：、,.!?;:…”’"')）\s]+$/u, '')
      const lead = bare.length - bare.trimStart().length
      const [from, to] = [start + lead, start + bare.length]
      return { before: text.slice(0, from), now: text.slice(from, to), after: text.slice(to) }
    }
    at = end
  }
  return { before: text, now: '', after: '' }
}
