/** Samples to each side that a new one is made of: flat to 11 kHz of 24, and what the doubling mirrors is 80 dB down. */
const REACH = 32
const KAISER_BETA = 8

function bessel(x: number): number {
  let [term, sum] = [1, 1]
  for (let n = 1; term > sum * 1e-12; n += 1) sum += term *= (x / (2 * n)) ** 2
  return sum
}

// A windowed sinc half-way between two samples; its sum is 1.
const TAPS = (() => {
  const taps = Array.from({ length: REACH }, (_, index) => {
    const x = index + 0.5
    const window = bessel(KAISER_BETA * Math.sqrt(1 - (x / REACH) ** 2)) / bessel(KAISER_BETA)
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * window
  })
  const sum = 2 * taps.reduce((total, tap) => total + tap, 0)
  return Float64Array.from(taps, (tap) => tap / sum)
})()

/** The same sound at twice the rate: the samples themselves, and between each two of them the one that a low-pass puts there. */
export function doubleRate(samples: Float32Array): Float32Array {
  const padded = new Float32Array(samples.length + 2 * REACH)
  padded.set(samples, REACH)
  const doubled = new Float32Array(samples.length * 2)
  for (let at = 0; at < samples.length; at += 1) {
    let between = 0
    const left = at + REACH
    for (let tap = 0; tap < REACH; tap += 1) {
      between += (TAPS[tap] as number) * ((padded[left - tap] as number) + (padded[left + 1 + tap] as number))
    }
    doubled[2 * at] = samples[at] as number
    doubled[2 * at + 1] = between
  }
  return doubled
}
