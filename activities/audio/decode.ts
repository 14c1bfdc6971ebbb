import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'
import { AudioRejected } from './audio-rejected.ts'
import { type AudioTools, asFloats, runFfmpeg } from './ffmpeg.ts'
import { measureMp3 } from './mp3-length.ts'
import { doubleRate } from './double-rate.ts'
import { readWav } from './wav.ts'

/** Bytes as a provider sent them. `sampleRateHz` is needed for `pcm` (16-bit little-endian mono), which does not carry it. */
export interface EncodedAudio {
  audio: Buffer
  format: 'wav' | 'mp3' | 'pcm'
  sampleRateHz?: number
}

type Container = 'wav' | 'mp3' | 'pcm' | 'other'

// The resampler may round the last samples away; MP3 decoders drop the encoder's padding, at most a few frames.
const SLACK_SAMPLES = 480
const MP3_SLACK_SAMPLES = 6_000

/**
 * Decodes an answer to 48 kHz mono. The container is told by its bytes, not by its label. Its own claim of length (WAV header, MP3 frames
 * and Xing frame) is compared with what is there: header durations and ffmpeg's exit code are no evidence. Throws AudioRejected
 * `empty`, `not_audio`, `truncated` or `undecodable`.
 */
export async function decode(answer: EncodedAudio, tools: AudioTools): Promise<Float32Array> {
  if (answer.audio.length === 0) throw new AudioRejected('empty', 'no bytes')
  const container = recognise(answer)
  const claimed = claimedSamples(answer, container)
  const samples = plainSamples(answer, container) ?? (await decodeByFfmpeg(answer, container, tools))
  if (samples.length === 0) throw new AudioRejected('empty', 'no samples')
  const slack = container === 'mp3' ? MP3_SLACK_SAMPLES : SLACK_SAMPLES
  if (samples.length + slack < claimed) {
    throw new AudioRejected('truncated', `${samples.length} samples decoded, ${claimed} announced`)
  }
  return samples
}

const decodeByFfmpeg = async (answer: EncodedAudio, container: Container, tools: AudioTools) =>
  asFloats(await runFfmpeg([...inputArgs(answer, container), ...OUTPUT_ARGS], answer.audio, tools))

// What the voices mostly send needs no program: starting one for each line costs more than all else that is done to it.
function plainSamples({ audio, sampleRateHz }: EncodedAudio, container: Container): Float32Array | undefined {
  if (container === 'pcm') return samplesAt48(audio, sampleRateHz)
  if (container !== 'wav') return undefined
  const { kind, channels, bitsPerSample, sampleRateHz: rate, data } = readWav(audio)
  return kind === 1 && channels === 1 && bitsPerSample === 16 ? samplesAt48(data, rate) : undefined
}

function samplesAt48(data: Buffer, rateHz: number | undefined): Float32Array | undefined {
  if (rateHz !== SAMPLE_RATE_HZ && rateHz !== SAMPLE_RATE_HZ / 2) return undefined
  // Copied, so that alignment does not matter.
  const whole = new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length - (data.length % 2)))
  const samples = new Float32Array(whole.length)
  for (let at = 0; at < whole.length; at += 1) samples[at] = (whole[at] as number) / 32_768
  return rateHz === SAMPLE_RATE_HZ ? samples : doubleRate(samples)
}

const OUTPUT_ARGS = [
  '-map',
  '0:a:0',
  '-af',
  `aresample=${SAMPLE_RATE_HZ}:resampler=soxr,aformat=channel_layouts=mono`,
  '-f',
  'f32le',
]

function inputArgs({ sampleRateHz }: EncodedAudio, container: Container): string[] {
  if (container === 'pcm') return ['-f', 's16le', '-ar', String(sampleRateHz), '-ac', '1', '-i', 'pipe:0']
  return container === 'other' ? ['-i', 'pipe:0'] : ['-f', container, '-i', 'pipe:0']
}

function claimedSamples({ audio, sampleRateHz }: EncodedAudio, container: Container): number {
  if (container === 'wav') return readWav(audio).announced
  if (container === 'mp3') return measureMp3(audio)
  if (container === 'other') return 0
  if (!sampleRateHz) throw new AudioRejected('undecodable', 'raw samples without a sample rate')
  if (audio.length % 2 === 1) throw new AudioRejected('truncated', `${audio.length} bytes are no whole number of 16-bit samples`)
  return Math.floor(((audio.length / 2) * SAMPLE_RATE_HZ) / sampleRateHz)
}

function recognise({ audio, format }: EncodedAudio): Container {
  const start = audio.toString('latin1', 0, 4)
  if (start === 'RIFF') return 'wav'
  if (start.startsWith('ID3') || (format !== 'pcm' && audio[0] === 0xff && ((audio[1] ?? 0) & 0xe6) === 0xe2)) return 'mp3'
  if (start === 'fLaC' || start === 'OggS') return 'other'
  const text = audio.toString('latin1', 0, 64)
  if (format !== 'pcm' || /^[\x20-\x7e\s]+$/.test(text))
    throw new AudioRejected('not_audio', `starts with ${JSON.stringify(text.slice(0, 32))}`)
  return 'pcm'
}
