const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** A 32-bit number that depends on the text alone (FNV-1a). */
export function textSeed(text: string): number {
  let hash = FNV_OFFSET
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME) >>> 0
  return hash
}

/** Chance that is the same for the same seed (mulberry32): numbers from 0 up to, not including, 1. */
export function seededChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Deals phrases like cards: each once before any comes again, and never the same twice running. */
export class PhraseDeck {
  readonly #phrases: readonly string[]
  readonly #chance: () => number
  #left: string[] = []
  #last = ''

  constructor(phrases: readonly string[], chance: () => number) {
    this.#phrases = phrases
    this.#chance = chance
  }

  deal(): string {
    if (this.#left.length === 0)
      this.#left = this.#phrases.filter((phrase) => phrase !== this.#last || this.#phrases.length === 1)
    const [phrase = ''] = this.#left.splice(Math.floor(this.#chance() * this.#left.length), 1)
    this.#last = phrase
    return phrase
  }
}
