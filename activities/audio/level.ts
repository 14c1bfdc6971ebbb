import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'
import { lufsOf } from './loudness.ts'
import { samplePeak } from './true-peak.ts'

/** Loudness of an episode: a mono podcast delivered at the stereo target. */
export const TARGET_LUFS = -16
/** Loudness of a line alone. The pauses between lines make the whole 0.2-0.4 LU quieter than its lines (measured on both sample texts). */
export const LINE_TARGET_LUFS = -15.75
/** Sample peak the limiter leaves: 1 dB under the promised -1 dBTP for what lies between samples and for the codec. */
export const CEILING_DB = -2

const MAX_GAIN_DB = 30
/** How far a line may go from the gain of its voice: evens out how a voice was read, keeps a whisper a whisper. */
const MAX_TRIM_DB = 3
const TOLERANCE_LU = 0.1
const MAX_ROUNDS = 5
const STEP_SAMPLES = 24
const LOOK_AHEAD_STEPS = 10
const RELEASE_SECONDS = 0.05

/**
 * A levelled line: 48 kHz mono 16-bit, and the gain before the limiter. `lufs` is what comes out of it. `wantedGainDb` would have brought
 * this line alone to the target (undefined when it cannot be measured): what its voice learns from it.
 */
export interface Levelled {
  pcm16: Int16Array
  gainDb: number
  wantedGainDb?: number
  lufs: number
}

/**
 * `voiceGainDb`: what the lines of this voice usually need. A line takes it with a trim of at most `maxTrimDb` (default 3) towards its own
 * loudness; one under 400 ms, whose loudness cannot be measured, takes it as it is. Without it a line goes by its own loudness, a
 * short one to the ceiling, at most +12 dB.
 */
export interface LevelOptions {
  targetLufs?: number
  ceilingDb?: number
  voiceGainDb?: number
  maxTrimDb?: number
}

const fromDb = (db: number): number => 10 ** (db / 20)

/**
 * Brings samples (full scale 1) to the target loudness with one gain and a look-ahead limiter, as far as the gain of its voice allows.
 * Same input and same options, same samples; while the trim suffices, the gain of the voice changes nothing.
 */
export function levelLine(samples: Float32Array, options: LevelOptions = {}): Levelled {
  const { ceilingDb = CEILING_DB, voiceGainDb, maxTrimDb = MAX_TRIM_DB } = options
  const lufs = lufsOf(samples)
  const finish = finisher(samples, lufs, ceilingDb)
  if (!Number.isFinite(lufs)) return finish(voiceGainDb ?? peakGainDb(samples, ceilingDb))
  const alone = levelAlone(finish, lufs, options.targetLufs)
  const wantedGainDb = alone.gainDb
  if (voiceGainDb === undefined) return { ...alone, wantedGainDb }
  const gainDb = Math.min(MAX_GAIN_DB, Math.max(voiceGainDb - maxTrimDb, Math.min(voiceGainDb + maxTrimDb, wantedGainDb)))
  return { ...(gainDb === wantedGainDb ? alone : finish(gainDb)), wantedGainDb }
}

// Repeated, because the limiter takes loudness away: until within 0.1 LU, or louder is not to be had.
function levelAlone(finish: Finish, lufs: number, targetLufs = LINE_TARGET_LUFS): Levelled {
  let gainDb = Math.min(MAX_GAIN_DB, targetLufs - lufs)
  let best = finish(gainDb)
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const missing = targetLufs - best.lufs
    if (Math.abs(missing) < TOLERANCE_LU || gainDb >= MAX_GAIN_DB) break
    gainDb = Math.min(MAX_GAIN_DB, gainDb + missing * 1.15)
    best = finish(gainDb)
  }
  return best
}

function peakGainDb(samples: Float32Array, ceilingDb: number): number {
  const peak = samplePeak(samples)
  return peak === 0 ? 0 : Math.min(12, ceilingDb - 20 * Math.log10(peak))
}

type Finish = (gainDb: number) => Levelled

function finisher(samples: Float32Array, lufs: number, ceilingDb: number): Finish {
  const peak = samplePeak(samples)
  const ceiling = fromDb(ceilingDb)
  return (gainDb) => {
    const gain = fromDb(gainDb)
    const limited = limit(samples, gain, ceiling)
    const pcm16 = new Int16Array(limited.length)
    for (let at = 0; at < limited.length; at += 1) pcm16[at] = Math.round((limited[at] as number) * 32_767)
    // Where the limiter has nothing to do the gain is all that changed: measuring a line costs as much as all the rest of levelling it.
    return { pcm16, gainDb, lufs: peak * gain > ceiling ? lufsOf(limited) : lufs + gainDb }
  }
}

// The gain each half millisecond needs to stay under the ceiling, before any smoothing.
function neededGains(samples: Float32Array, gain: number, ceiling: number): Float64Array {
  const steps = Math.ceil(samples.length / STEP_SAMPLES)
  const needed = new Float64Array(steps + LOOK_AHEAD_STEPS + 2).fill(1)
  for (let at = 0; at < samples.length; at += 1) {
    const size = Math.abs(samples[at] as number) * gain
    const step = Math.floor(at / STEP_SAMPLES)
    if (size > ceiling) needed[step] = Math.min(needed[step] as number, ceiling / size)
  }
  return needed
}

// A curve that has come down before each peak (attack over the look-ahead) and returns in about 50 ms; its value at step borders.
function gainCurve(needed: Float64Array, steps: number): Float64Array {
  const release = Math.exp(-STEP_SAMPLES / (RELEASE_SECONDS * SAMPLE_RATE_HZ))
  const curve = new Float64Array(steps + 1)
  let current = 1
  for (let step = 0; step <= steps; step += 1) {
    let wanted = 1
    for (let ahead = 0; ahead <= LOOK_AHEAD_STEPS; ahead += 1) wanted = Math.min(wanted, needed[step + ahead] as number)
    current = wanted < current ? Math.max(wanted, current - (current - wanted) / 3) : wanted + (current - wanted) * release
    current = Math.min(current, needed[step] as number, step > 0 ? (needed[step - 1] as number) : 1)
    curve[step] = current
  }
  return curve
}

function limit(samples: Float32Array, gain: number, ceiling: number): Float32Array {
  const needed = neededGains(samples, gain, ceiling)
  const steps = Math.ceil(samples.length / STEP_SAMPLES)
  const curve = gainCurve(needed, steps)
  const limited = new Float32Array(samples.length)
  for (let step = 0; step < steps; step += 1) {
    const from = step * STEP_SAMPLES
    const until = Math.min(from + STEP_SAMPLES, samples.length)
    const slope = ((curve[step + 1] as number) - (curve[step] as number)) / STEP_SAMPLES
    for (let at = from; at < until; at += 1) {
      limited[at] = (samples[at] as number) * gain * ((curve[step] as number) + slope * (at - from))
    }
  }
  return limited
}
