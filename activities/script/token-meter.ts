import type { Usage } from './port.ts'

// What a token is worth when nobody counted: about one ideograph, or four of the rest.
const estimate = (text: string): number => {
  const ideographs = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0
  return Math.ceil(ideographs + (text.length - ideographs) / 4)
}

/** Counts what the calls behind one outline or section used: as the provider says, or estimated where its answer was cut short. */
export class TokenMeter {
  readonly usage: Usage & { calls: number } = { unit: 'token', inputUnits: 0, outputUnits: 0, calls: 0 }

  /** A call is about to be made with this text. */
  begin(input: string) {
    let written = ''
    let charge: { input: number; output: number } | undefined
    this.usage.calls += 1
    return {
      wrote: (piece: string): void => void (written += piece),
      charged: (inputTokens: number, outputTokens: number): void => void (charge = { input: inputTokens, output: outputTokens }),
      // A call that brought no word was most likely refused before anything was counted.
      end: (): void => {
        if (!charge && written) charge = { input: estimate(input), output: estimate(written) }
        this.usage.inputUnits += charge?.input ?? 0
        this.usage.outputUnits += charge?.output ?? 0
      },
    }
  }
}
