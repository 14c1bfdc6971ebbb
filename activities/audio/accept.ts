import { type Language, estimateDurationMs } from '../../shared/text.ts'
import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'
import { AudioRejected } from './audio-rejected.ts'

/** What the audio should say, and how fast its voice speaks when that is known (units of `spokenUnits` a second). */
export interface SpokenText {
  text: string
  language: Language
  unitsPerSecond?: number
}

const STEP_SAMPLES = SAMPLE_RATE_HZ / 20
const STEP_MS = 50
const SILENT_PEAK = 10 ** (-50 / 20)
const QUIET_RATIO = 10 ** (-40 / 20)
const FULL_SCALE = 0.99
const MAX_FULL_SCALE_SHARE = 0.02
const MAX_GAP_MS = 4_000
// Voices cross zero 500 to 5,000 times a second, static and samples read in a wrong format above 9,000.
const NOISE_CROSSINGS_PER_SECOND = 8_000

// Voices differ by half and single words by more: half of what is expected plus 0.4 s is refused, so is double plus 1.5 s.
const SHORTEST_SHARE = 0.6
const SHORTEST_SLACK_MS = 400
const LONGEST_SHARE = 1.9
const LONGEST_SLACK_MS = 1_500

// Peak of each 50 ms.
function peaks(samples: Float32Array): Float32Array {
  const steps = new Float32Array(Math.ceil(samples.length / STEP_SAMPLES))
  for (let at = 0; at < samples.length; at += 1) {
    const step = Math.floor(at / STEP_SAMPLES)
    const size = Math.abs(samples[at] as number)
    if (size > (steps[step] as number)) steps[step] = size
  }
  return steps
}

function longestGapMs(steps: Float32Array, quiet: number, first: number, last: number): number {
  let [longest, run] = [0, 0]
  for (let step = first; step <= last; step += 1) {
    run = (steps[step] as number) < quiet ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest * STEP_MS
}

function requireUnclipped(samples: Float32Array): void {
  let full = 0
  for (let at = 0; at < samples.length; at += 1) if (Math.abs(samples[at] as number) >= FULL_SCALE) full += 1
  const share = full / samples.length
  if (share > MAX_FULL_SCALE_SHARE)
    throw new AudioRejected('clipped', `${(share * 100).toFixed(1)} % of the samples at full scale`)
}

// Half of the loud steps must sound like a voice: an s or an sh is a hiss for a moment only.
function requireVoice(samples: Float32Array, steps: Float32Array, loud: number): void {
  const crossings: number[] = []
  for (let step = 0; step < steps.length; step += 1) {
    if ((steps[step] as number) < loud) continue
    let count = 0
    const end = Math.min(samples.length, (step + 1) * STEP_SAMPLES)
    for (let at = step * STEP_SAMPLES + 1; at < end; at += 1) {
      if ((samples[at] as number) < 0 !== (samples[at - 1] as number) < 0) count += 1
    }
    crossings.push(count)
  }
  const perSecond = (crossings.toSorted((a, b) => a - b)[Math.floor(crossings.length / 2)] ?? 0) * (1000 / STEP_MS)
  if (perSecond > NOISE_CROSSINGS_PER_SECOND) throw new AudioRejected('noise', `${perSecond} zero crossings a second`)
}

/**
 * The acceptance gate: decoded 48 kHz mono samples are something a voice may have said for this text. Throws AudioRejected `empty`,
 * `silent`, `clipped`, `noise`, `gap` (over 4 s of silence within), `too_short` or `too_long`; the length counts from first to last sound,
 * so silence around cannot hide a cut answer.
 */
export function acceptSpeech(samples: Float32Array, { text, language, unitsPerSecond }: SpokenText): void {
  if (samples.length === 0) throw new AudioRejected('empty', 'no samples')
  const steps = peaks(samples)
  const peak = steps.reduce((highest, step) => Math.max(highest, step), 0)
  if (!(peak > SILENT_PEAK)) throw new AudioRejected('silent', `peak ${(20 * Math.log10(peak)).toFixed(1)} dBFS`)
  requireUnclipped(samples)
  requireVoice(samples, steps, peak / 4)
  const quiet = Math.max(peak * QUIET_RATIO, SILENT_PEAK / 10)
  const first = steps.findIndex((step) => step >= quiet)
  const last = steps.findLastIndex((step) => step >= quiet)
  const gapMs = longestGapMs(steps, quiet, first, last)
  if (gapMs > MAX_GAP_MS) throw new AudioRejected('gap', `${gapMs} ms of silence within`)
  requireLength((last - first + 1) * STEP_MS, estimateDurationMs(text, language, unitsPerSecond))
}

function requireLength(spokenMs: number, expectedMs: number): void {
  const detail = `${spokenMs} ms of speech for a text of about ${expectedMs} ms`
  if (spokenMs < expectedMs * SHORTEST_SHARE - SHORTEST_SLACK_MS) throw new AudioRejected('too_short', detail)
  if (spokenMs > expectedMs * LONGEST_SHARE + LONGEST_SLACK_MS) throw new AudioRejected('too_long', detail)
}
