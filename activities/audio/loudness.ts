import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'

const BLOCK_SAMPLES = SAMPLE_RATE_HZ / 10
const BLOCK_MS = 100
const ABSOLUTE_GATE = 10 ** ((-70 + 0.691) / 10)
const RELATIVE_GATE = 0.1

/**
 * The K-weighted mean square of each 100 ms of 48 kHz mono samples (full scale 1); the last one as if silence followed. Filter
 * coefficients: ITU-R BS.1770-5, tables 1 and 2, for 48 kHz. The loudness of any set of lines is a merge of their lists.
 */
export function energies(samples: ArrayLike<number>): Float64Array {
  const blocks = new Float64Array(Math.ceil(samples.length / BLOCK_SAMPLES))
  let [x1, x2, y1, y2, u1, u2] = [0, 0, 0, 0, 0, 0]
  for (let block = 0, at = 0; block < blocks.length; block += 1) {
    let sum = 0
    for (const end = at + BLOCK_SAMPLES; at < end; at += 1) {
      const x = samples[at] ?? 0
      const y =
        1.53512485958697 * x - 2.69169618940638 * x1 + 1.19839281085285 * x2 + 1.69065929318241 * y1 - 0.73248077421585 * y2
      const u = y - 2 * y1 + y2 + 1.99004745483398 * u1 - 0.99007225036621 * u2
      x2 = x1
      x1 = x
      y2 = y1
      y1 = y
      u2 = u1
      u1 = u
      sum += u * u
    }
    blocks[block] = sum / BLOCK_SAMPLES
  }
  return blocks
}

function meanAbove(blocks: readonly number[], gate: number): number {
  let [sum, count] = [0, 0]
  for (const block of blocks) {
    if (block <= gate) continue
    sum += block
    count += 1
  }
  return count === 0 ? 0 : sum / count
}

/**
 * Integrated loudness in LUFS (BS.1770-5: 400 ms blocks, 75 % overlap, gates at -70 LUFS and -10 LU) of one or more energy lists;
 * -Infinity for silence and for lists of less than 400 ms.
 */
export function integratedLufs(lists: readonly ArrayLike<number>[]): number {
  const blocks: number[] = []
  for (const list of lists) {
    for (let at = 0; at + 3 < list.length; at += 1) {
      blocks.push(((list[at] as number) + (list[at + 1] as number) + (list[at + 2] as number) + (list[at + 3] as number)) / 4)
    }
  }
  const loud = meanAbove(blocks, ABSOLUTE_GATE)
  if (loud === 0) return -Infinity
  return -0.691 + 10 * Math.log10(meanAbove(blocks, Math.max(ABSOLUTE_GATE, loud * RELATIVE_GATE)))
}

/** Energies of a sound that begins at `startMs` of a whole. */
export interface PlacedEnergies {
  startMs: number
  energies: ArrayLike<number>
}

/**
 * One energy list of `durationMs` out of those of its parts, silence between them: what `energies` would have measured of the whole. A part
 * is laid on the nearest block. Sharing its energy between the two it touches was tried: it smears the edges of speech over the gate
 * and made short lines with long pauses 0.2 LU quieter than they are.
 */
export function mergeEnergies(parts: Iterable<PlacedEnergies>, durationMs: number): Float64Array {
  const whole = new Float64Array(Math.ceil(durationMs / BLOCK_MS))
  for (const { startMs, energies: part } of parts) {
    const first = Math.round(startMs / BLOCK_MS)
    for (let at = 0; at < part.length && first + at < whole.length; at += 1) {
      whole[first + at] = (whole[first + at] as number) + (part[at] as number)
    }
  }
  return whole
}

/** Loudness of samples alone, of which only whole 100 ms count: -Infinity under 400 ms. Their energies, where known, spare measuring them again. */
export const lufsOf = (samples: ArrayLike<number>, measured = energies(samples)): number =>
  integratedLufs([measured.subarray(0, Math.floor(samples.length / BLOCK_SAMPLES))])
