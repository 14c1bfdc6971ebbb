const PHASES = 4
const TAPS = 24
// Between two samples of speech the signal rises by 3 dB at most over the higher one; only those near the peak are looked at.
const NEAR_PEAK_RATIO = 0.7

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

// Interpolators for 1/4, 2/4 and 3/4 of the way to the next sample: windowed sinc, sum 1.
const FILTERS = Array.from({ length: PHASES - 1 }, (_, phase) => {
  const fraction = (phase + 1) / PHASES
  const taps = Array.from({ length: TAPS }, (_unused, tap) => {
    const x = tap - TAPS / 2 + 1 - fraction
    return sinc(x) * (0.5 + 0.5 * Math.cos((2 * Math.PI * x) / (TAPS + 1)))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return Float64Array.from(taps, (tap) => tap / sum)
})

/** The highest sample there is, whatever its sign. */
export function samplePeak(samples: ArrayLike<number>): number {
  let peak = 0
  for (let at = 0; at < samples.length; at += 1) peak = Math.max(peak, Math.abs(samples[at] as number))
  return peak
}

function betweenPeak(samples: ArrayLike<number>, at: number): number {
  let peak = 0
  for (const filter of FILTERS) {
    let value = 0
    for (let tap = 0; tap < TAPS; tap += 1) value += (filter[tap] as number) * (samples[at + tap - TAPS / 2 + 1] ?? 0)
    peak = Math.max(peak, Math.abs(value))
  }
  return peak
}

/** True peak of samples (full scale 1) in dBTP: four times oversampled as BS.1770-5 annex 2 asks; -Infinity for silence. */
export function truePeakDb(samples: ArrayLike<number>): number {
  const highest = samplePeak(samples)
  let peak = highest
  for (let at = 0; at < samples.length; at += 1) {
    const here = Math.abs(samples[at] as number)
    const next = Math.abs(samples[at + 1] ?? 0)
    if (Math.max(here, next) >= highest * NEAR_PEAK_RATIO) peak = Math.max(peak, betweenPeak(samples, at))
  }
  return 20 * Math.log10(peak)
}
