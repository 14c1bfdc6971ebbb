import { expect, test } from 'vitest'
import { doubleRate } from './double-rate.ts'

const tone = (hz: number, rateHz: number, samples: number) =>
  Float32Array.from({ length: samples }, (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rateHz))

/** The strongest difference between what came out and the tone itself, in dB under the tone; the edges are left out. */
function errorDb(hz: number): number {
  const doubled = doubleRate(tone(hz, 24_000, 4_800))
  const wanted = tone(hz, 48_000, 9_600)
  const errors = wanted.subarray(200, 9_400).map((sample, at) => Math.abs(sample - doubled[at + 200]!))
  return 20 * Math.log10(errors.reduce((most, one) => Math.max(most, one), 0) / 0.5)
}

test.each([100, 1_000, 5_000, 9_000, 10_500])('a tone of %d Hz stays what it is, to 70 dB', (hz) => {
  expect(errorDb(hz)).toBeLessThan(-70)
})

test('every sample is kept, and the length is exact', () => {
  const samples = tone(440, 24_000, 1_001)
  const doubled = doubleRate(samples)
  expect(doubled).toHaveLength(2_002)
  expect(doubled.filter((_, at) => at % 2 === 0)).toEqual(samples)
  expect(doubleRate(new Float32Array(0))).toHaveLength(0)
})
