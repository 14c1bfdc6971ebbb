import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'

/** Between two pieces that were asked for apart: a breath, where one sentence ends and the next begins. */
const BREATH_SAMPLES = SAMPLE_RATE_HZ * 0.15

/** Samples of one voice after one another, with a breath between them; one alone comes back as it is. */
export function joinSamples(pieces: readonly Float32Array[]): Float32Array {
  if (pieces.length === 1) return pieces[0]!
  const joined = new Float32Array(
    pieces.reduce((sum, piece) => sum + piece.length, 0) + BREATH_SAMPLES * Math.max(0, pieces.length - 1),
  )
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length + BREATH_SAMPLES
  }
  return joined
}
