/** Sounds for tests, the same in every run. */

const RATE_HZ = 48_000

/** Noise bursts of syllable length with a moving pitch: for a gate and a loudness meter it is speech. Full scale 1. */
export function speechLike(durationMs: number, level = 0.2): Float32Array {
  const samples = new Float32Array(Math.round((durationMs * RATE_HZ) / 1000))
  let [state, phase] = [1, 0]
  for (let at = 0; at < samples.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const seconds = at / RATE_HZ
    const syllable = Math.max(0.02, Math.sin(Math.PI * 4 * seconds)) ** 2
    phase += (2 * Math.PI * (140 + 50 * Math.sin(seconds * 3))) / RATE_HZ
    const voiced = Math.sin(phase) + 0.6 * Math.sin(2 * phase) + 0.5 * Math.sin(7 * phase) + 0.3 * (state / 2 ** 31 - 1)
    samples[at] = level * syllable * voiced * 0.6
  }
  return samples
}

/** A short pulse that survives encoding: 1 ms of a raised cosine at 4 kHz around the sample it is centred on. */
export function clickAt(samples: number, centre: number): Int16Array {
  const pcm16 = new Int16Array(samples)
  for (let offset = -24; offset <= 24; offset += 1) {
    const window = 0.5 + 0.5 * Math.cos((Math.PI * offset) / 25)
    pcm16[centre + offset] = Math.round(20_000 * window * Math.cos((2 * Math.PI * 4_000 * offset) / RATE_HZ))
  }
  return pcm16
}

/** 16-bit samples of floats. */
export function toPcm16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767))
}
