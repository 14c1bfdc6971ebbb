import { SAMPLES_PER_FRAME, type TimelineRow } from '../../shared/playlist.ts'
import { AudioRejected } from './audio-rejected.ts'
import { type AudioTools, PCM16_INPUT, runFfmpeg } from './ffmpeg.ts'

/** Samples of an AAC frame, and by which its decoder is late. */
export const AAC_FRAME_SAMPLES = 1024
const DELAY_SAMPLES = 1024
const FRAMES_BEFORE = 3
const FRAMES_BEHIND = 4
const ADTS_HEADER_BYTES = 7
const ENCODE = ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '96k', '-f', 'adts']

/** Where each ADTS frame begins, and where the last one ends. */
export function adtsOffsets(bytes: Uint8Array): number[] {
  const offsets = [0]
  for (let at = 0; at + ADTS_HEADER_BYTES <= bytes.length;) {
    if (bytes[at] !== 0xff || ((bytes[at + 1] as number) & 0xf6) !== 0xf0)
      throw new AudioRejected('encoding_failed', `byte ${at} is no AAC frame`)
    at += (((bytes[at + 3] as number) & 3) << 11) | ((bytes[at + 4] as number) << 3) | ((bytes[at + 5] as number) >> 5)
    offsets.push(at)
  }
  return offsets
}

function framesOf(bytes: Buffer, from: number, until: number): Buffer {
  const offsets = adtsOffsets(bytes)
  if (offsets.length <= until) throw new AudioRejected('encoding_failed', `${offsets.length - 1} AAC frames instead of ${until}`)
  return bytes.subarray(offsets[from], offsets[until])
}

const framesForSamples = (samples: number): number => Math.ceil((samples + DELAY_SAMPLES) / AAC_FRAME_SAMPLES)

/** Encodes a stored line (FLAC) to AAC frames that begin and end in codec silence, like its MP3: frames may follow frames of any other line. */
export async function encodeAacLine(flac: Uint8Array, samples: number, tools: AudioTools): Promise<Buffer> {
  const frames = framesForSamples(samples)
  const behind = (frames + FRAMES_BEHIND) * AAC_FRAME_SAMPLES - samples
  const pad = ['-af', `adelay=${FRAMES_BEFORE * AAC_FRAME_SAMPLES}S,apad=pad_len=${behind}`]
  const encoded = await runFfmpeg(['-f', 'flac', '-i', 'pipe:0', ...pad, ...ENCODE], flac, tools)
  return framesOf(encoded, FRAMES_BEFORE, FRAMES_BEFORE + frames)
}

/** One frame of silence between silences. */
export async function silentAacFrame(tools: AudioTools): Promise<Buffer> {
  const zeros = new Uint8Array(20 * AAC_FRAME_SAMPLES * 2)
  return framesOf(await runFfmpeg([...PCM16_INPUT, ...ENCODE], zeros, tools), 5, 6)
}

/**
 * Silent frames behind each line, so that every line stands where the MP3 has it, to half a frame (11 ms); behind a pause shorter than
 * what its own last frames hold, one frame later.
 */
export function aacSilences(rows: readonly TimelineRow[], samples: readonly number[]): number[] {
  let frame = 0
  return rows.map((row, index) => {
    frame += framesForSamples(samples[index] as number)
    const endSamples = (row.startFrame + row.frames + row.silentFrames) * SAMPLES_PER_FRAME
    const silent = Math.max(0, Math.round(endSamples / AAC_FRAME_SAMPLES) - frame)
    frame += silent
    return silent
  })
}
