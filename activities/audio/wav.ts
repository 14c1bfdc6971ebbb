import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'
import { AudioRejected } from './audio-rejected.ts'

// Written by programs that stream and do not know the length: 0xFFFFFFFF, 0, or espeak-ng's 0x7FFFF000.
const UNKNOWN_LENGTHS = new Set([0, 0xffffffff, 0x7ffff000, 0x7fffffff])

/** What a WAV file says of itself, and its samples as far as they are there. `kind` 1: whole numbers. */
export interface WavContent {
  kind: number
  channels: number
  sampleRateHz: number
  bitsPerSample: number
  /** Samples at 48 kHz that its header announces. */
  announced: number
  data: Buffer
}

/**
 * Reads a WAV file's header. Throws AudioRejected `truncated` when its data is shorter than the header says and `not_audio` when it has no
 * samples chunk; a streamed header without a length announces what is there.
 */
export function readWav(audio: Buffer): WavContent {
  let format: Buffer = Buffer.alloc(16)
  for (let at = 12; at + 8 <= audio.length;) {
    const id = audio.toString('latin1', at, at + 4)
    const declaredBytes = audio.readUInt32LE(at + 4)
    if (id === 'fmt ' && at + 24 <= audio.length) format = audio.subarray(at + 8, at + 24)
    if (id === 'data') return content(format, declaredBytes, audio.subarray(at + 8))
    at += 8 + declaredBytes + (declaredBytes % 2)
  }
  throw new AudioRejected(audio.length < 44 ? 'truncated' : 'not_audio', 'a WAV file without samples')
}

function content(format: Buffer, declaredBytes: number, available: Buffer): WavContent {
  const isKnown = !UNKNOWN_LENGTHS.has(declaredBytes)
  if (isKnown && available.length < declaredBytes) {
    throw new AudioRejected('truncated', `${available.length} of ${declaredBytes} bytes of samples`)
  }
  const byteRate = format.readUInt32LE(8)
  if (byteRate === 0) throw new AudioRejected('not_audio', 'a WAV file without a format')
  const data = isKnown ? available.subarray(0, declaredBytes) : available
  return {
    kind: format.readUInt16LE(0),
    channels: format.readUInt16LE(2),
    sampleRateHz: format.readUInt32LE(4),
    bitsPerSample: format.readUInt16LE(14),
    announced: Math.floor((data.length / byteRate) * SAMPLE_RATE_HZ),
    data,
  }
}

/** A WAV file of mono 16-bit samples. */
export function wavFile(samples: Int16Array, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(44)
  const dataBytes = samples.length * 2
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(sampleRateHz * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, dataBytes)])
}
