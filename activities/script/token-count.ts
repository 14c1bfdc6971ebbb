import type { Usage } from './port.ts'

// What a token is worth when nobody counted: about one ideograph, or four of the rest.
export const tokensIn = (text: string): number => {
  const ideographs = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0
  return Math.ceil(ideographs + (text.length - ideographs) / 4)
}

/** What one call used: as the provider says, or estimated where its answer was cut short. */
export class TokenCount {
  #charged: Usage | undefined
  #written = ''
  readonly #asked: string

  constructor(asked: string) {
    this.#asked = asked
  }

  /** Everything that was written so far. */
  get written(): string {
    return this.#written
  }

  wrote(piece: string): void {
    this.#written += piece
  }

  charged(inputUnits: number, outputUnits: number): void {
    this.#charged = { inputUnits, outputUnits }
  }

  /** `undefined` where no word came: such a call was most likely refused before anything was counted. */
  get usage(): Usage | undefined {
    if (this.#charged || !this.#written) return this.#charged
    return { inputUnits: tokensIn(this.#asked), outputUnits: tokensIn(this.#written) }
  }
}
