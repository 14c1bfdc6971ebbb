import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'
import { AudioRejected } from './audio-rejected.ts'
import { type FrameHeader, readFrameHeader } from './mp3-frames.ts'

const ID3_FOOTER = 0x10
// Leading junk some encoders write; more than that is no MP3.
const MAX_JUNK_BYTES = 4_096

function skipId3(audio: Buffer): number {
  if (audio.toString('latin1', 0, 3) !== 'ID3' || audio.length < 10) return 0
  const bytes = [6, 7, 8, 9].reduce((size, at) => size * 128 + ((audio[at] as number) & 127), 0)
  return 10 + bytes + ((audio[5] as number) & ID3_FOOTER ? 10 : 0)
}

function firstFrame(audio: Buffer): number {
  const from = skipId3(audio)
  if (from >= audio.length) throw new AudioRejected('truncated', 'ends within its ID3 tag')
  for (let at = from; at < Math.min(audio.length, from + MAX_JUNK_BYTES); at += 1) {
    const header = readFrameHeader(audio, at)
    const next = header && at + header.bytes
    if (header && (next === audio.length || (next && next + 4 > audio.length) || readFrameHeader(audio, next as number)))
      return at
  }
  throw new AudioRejected('not_audio', 'no MP3 frame')
}

// Frames the encoder says follow its Xing or Info frame; undefined without such a frame.
function announcedFrames(frame: Buffer): number | undefined {
  const at = Math.max(frame.indexOf('Xing', 0, 'latin1'), frame.indexOf('Info', 0, 'latin1'))
  if (at < 4 || at > 40 || at + 12 > frame.length) return undefined
  return (frame.readUInt32BE(at + 4) & 1) === 1 ? frame.readUInt32BE(at + 8) : undefined
}

// What may follow the last frame: tags, or zeros to the end.
function isTrailer(audio: Buffer, at: number): boolean {
  if (audio[at] === 0xff) return false
  return (
    /^(?:TAG|APETAGEX|LYRICSBEGIN|ID3)/.test(audio.toString('latin1', at, at + 11)) ||
    audio.subarray(at).every((byte) => byte === 0)
  )
}

/**
 * Samples at 48 kHz in an MP3, by walking its frames. Throws AudioRejected `truncated` when the last frame is cut or fewer frames
 * are there than its Xing frame announces, `undecodable` when the walk loses its way.
 */
export function measureMp3(audio: Buffer): number {
  let at = firstFrame(audio)
  const first = readFrameHeader(audio, at) as FrameHeader
  const announced = announcedFrames(audio.subarray(at, at + first.bytes))
  let frames = 0
  while (at < audio.length && !isTrailer(audio, at)) {
    const header = readFrameHeader(audio, at)
    if (!header && audio.length - at >= 4) throw new AudioRejected('undecodable', `no frame at byte ${at}`)
    if (!header || at + header.bytes > audio.length)
      throw new AudioRejected('truncated', `the last frame is cut after ${frames} frames`)
    at += header.bytes
    frames += 1
  }
  const sounding = announced === undefined ? frames : frames - 1
  // Some encoders count the announcing frame too.
  if (announced !== undefined && sounding + 1 < announced)
    throw new AudioRejected('truncated', `${sounding} of ${announced} frames`)
  return Math.floor((sounding * first.samples * SAMPLE_RATE_HZ) / first.sampleRateHz)
}
