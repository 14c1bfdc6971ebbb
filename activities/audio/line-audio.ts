import { BYTES_PER_FRAME, CODEC_DELAY_SAMPLES, SAMPLES_PER_FRAME } from '../../shared/playlist.ts'
import { type SpokenText, acceptSpeech } from './accept.ts'
import { AudioRejected } from './audio-rejected.ts'
import { type EncodedAudio, decode } from './decode.ts'
import { type AudioTools, asFloats, runFfmpeg } from './ffmpeg.ts'
import { CEILING_DB, type LevelOptions, levelLine } from './level.ts'
import { energies, lufsOf } from './loudness.ts'
import { encodeLine } from './mp3-frames.ts'
import { truePeakDb } from './true-peak.ts'

/** Of every line, decoded: a tenth under the promised -1 dBTP, for another meter may see so much more than ours. */
export const MAX_TRUE_PEAK_DB = -1.1

/**
 * A line's audio, ready to be stored. `flac` is the canonical form (48 kHz mono 16-bit, levelled), `mp3` its `frames` frames of 384 bytes.
 * `lufs` (-Infinity under 400 ms) and `peakDb` (dBTP) are of the decoded MP3, `energies` its K-weighted mean squares per 100 ms.
 */
export interface LineAudio {
  flac: Buffer
  mp3: Buffer
  samples: number
  frames: number
  durationMs: number
  lufs: number
  peakDb: number
  gainDb: number
  /** What its voice learns from it; undefined when the line is too short to be measured. */
  wantedGainDb?: number
  energies: Float64Array
}

const DECODE_ARGS = ['-f', 'mp3', '-i', 'pipe:0', '-f', 'f32le']
const PEAK_ROUNDS = 3

/**
 * Makes a line's audio from a provider's answer: decode, acceptance gate, level, encode, decode again to prove it. Pure: the same
 * answer and the same options give the same bytes, so it may be repeated. Throws AudioRejected when the answer cannot be used, ToolFailed when ffmpeg is
 * missing, the signal's reason when aborted.
 */
export async function makeLineAudio(
  answer: EncodedAudio,
  spoken: SpokenText,
  tools: AudioTools,
  options: LevelOptions = {},
): Promise<LineAudio> {
  return encodeLineAudio(await acceptedSamples(answer, spoken, tools), tools, options)
}

/** The first half: an answer decoded to 48 kHz mono, which may be what was asked for. Throws as `makeLineAudio`. */
export async function acceptedSamples(answer: EncodedAudio, spoken: SpokenText, tools: AudioTools): Promise<Float32Array> {
  const samples = await decode(answer, tools)
  acceptSpeech(samples, spoken)
  return samples
}

/** The second half: accepted samples levelled, encoded and proved. Throws as `makeLineAudio`. */
export async function encodeLineAudio(samples: Float32Array, tools: AudioTools, options: LevelOptions = {}): Promise<LineAudio> {
  let ceilingDb = options.ceilingDb ?? CEILING_DB
  for (let round = 1; ; round += 1) {
    const { pcm16, gainDb, wantedGainDb } = levelLine(samples, { ...options, ceilingDb })
    const { mp3, flac } = await encodeLine(pcm16, tools)
    const decoded = await proveLine(mp3, pcm16.length, tools)
    const peakDb = truePeakDb(decoded)
    if (peakDb > MAX_TRUE_PEAK_DB && round < PEAK_ROUNDS) {
      ceilingDb -= peakDb - MAX_TRUE_PEAK_DB + 0.1
      continue
    }
    const measured = energies(decoded)
    return {
      flac,
      mp3,
      samples: pcm16.length,
      frames: mp3.length / BYTES_PER_FRAME,
      durationMs: Math.round(pcm16.length / 48),
      lufs: lufsOf(decoded, measured),
      peakDb,
      gainDb,
      ...(wantedGainDb !== undefined && { wantedGainDb }),
      energies: measured,
    }
  }
}

// Decodes what was encoded: every frame must decode, and sound. Answers the line's own samples without delay and padding.
async function proveLine(mp3: Buffer, samples: number, tools: AudioTools): Promise<Float32Array> {
  const decoded = asFloats(await runFfmpeg(DECODE_ARGS, mp3, tools))
  const expected = (mp3.length / BYTES_PER_FRAME) * SAMPLES_PER_FRAME
  if (decoded.length !== expected)
    throw new AudioRejected('encoding_failed', `${decoded.length} samples decoded instead of ${expected}`)
  const line = decoded.subarray(CODEC_DELAY_SAMPLES, CODEC_DELAY_SAMPLES + samples)
  if (!line.some((sample) => Math.abs(sample) > 0.003)) throw new AudioRejected('encoding_failed', 'the encoded line is silent')
  return line
}
