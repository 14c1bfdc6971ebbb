/** The one audio format of AIMake: 48 kHz mono MP3 at 128 kb/s, where a frame is 24 ms and exactly 384 bytes. */
export const SAMPLE_RATE_HZ = 48_000
export const SAMPLES_PER_FRAME = 1152
export const BYTES_PER_FRAME = 384
export const FRAME_MS = 24

/** Samples by which every decoder is late behind the encoder's input: 576 of the encoder, 529 of the decoder. */
export const CODEC_DELAY_SAMPLES = 1105
// After a line's last sample the codec still rings for less than this many samples; then it is silent again.
const CODEC_TAIL_SAMPLES = 600
const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000
// MPEG-TS clock of an HLS timestamp: 90 kHz, 33 bits.
const CLOCK_TICKS_PER_FRAME = 90 * FRAME_MS
const CLOCK_BITS = 33

/** One frame of digital silence: MPEG-1 layer III header and side information with nothing in it; what LAME makes of zeros, without its name. */
export const SILENT_FRAME: Uint8Array = silentFrame()

function silentFrame(): Uint8Array {
  const frame = new Uint8Array(BYTES_PER_FRAME)
  frame.set([
    0xff, 0xfb, 0x94, 0xc4, 0x00, 0x03, 0xc0, 0x00, 0x01, 0xa4, 0x00, 0x00, 0x00, 0x20, 0x00, 0x00, 0x34, 0x80, 0x00, 0x00, 0x04,
  ])
  return frame
}

/** Frames a line of so many samples takes: its sound, the codec's delay and the tail until the codec is silent again. */
export function framesForSamples(samples: number): number {
  return Math.ceil((samples + CODEC_DELAY_SAMPLES + CODEC_TAIL_SAMPLES) / SAMPLES_PER_FRAME)
}

/** What the plan needs to know of a line. */
export interface TimedLine {
  samples: number
  frames: number
  pauseAfterMs: number
}

/** Where a line stands: its first frame, its own frames, and the silent frames behind it. */
export interface TimelineRow {
  startFrame: number
  frames: number
  silentFrames: number
}

/**
 * Places lines one behind the other. Each starts on a frame, at most 12 ms from where samples and pauses put it: the rounding
 * is carried on. A pause shorter than what the line's own last frames hold (35-60 ms) is as long as those. Rows of earlier lines do not
 * change when lines are added.
 */
export function planTimeline(lines: readonly TimedLine[]): TimelineRow[] {
  const rows: TimelineRow[] = []
  let idealSamples = 0
  let startFrame = 0
  for (const { samples, frames, pauseAfterMs } of lines) {
    idealSamples += Math.max(samples + pauseAfterMs * SAMPLES_PER_MS, frames * SAMPLES_PER_FRAME)
    const nextFrame = Math.round(idealSamples / SAMPLES_PER_FRAME)
    rows.push({ startFrame, frames, silentFrames: nextFrame - startFrame - frames })
    startFrame = nextFrame
  }
  return rows
}

/** Frames of the whole timeline, silent ones included. */
export function timelineFrames(rows: readonly TimelineRow[]): number {
  const last = rows.at(-1)
  return last ? last.startFrame + last.frames + last.silentFrames : 0
}

/** No HLS segment is longer: a player asks for a grown list every half of this, and starts after one. 166 frames are 3.984 s. */
const MAX_SEGMENT_FRAMES = 166
const TARGET_SECONDS = 4

/**
 * A stretch of one line's row, as HLS plays it: frames `fromFrame` to `toFrame` of line `line`, then silence. Frames hold no
 * bits of their neighbours, so a line may be cut at any of them.
 */
export interface Segment {
  line: number
  startFrame: number
  fromFrame: number
  toFrame: number
  silentFrames: number
}

/** Cuts rows into segments of about equal length, at most 4 s each. Those of earlier lines do not change when lines are added. */
export function hlsSegments(rows: readonly TimelineRow[]): Segment[] {
  return rows.flatMap((row, line) => {
    const total = row.frames + row.silentFrames
    const parts = Math.ceil(total / MAX_SEGMENT_FRAMES)
    return Array.from({ length: parts }, (_, part) => {
      const [from, to] = [Math.round((part * total) / parts), Math.round(((part + 1) * total) / parts)]
      const [fromFrame, toFrame] = [Math.min(from, row.frames), Math.min(to, row.frames)]
      return { line, startFrame: row.startFrame + from, fromFrame, toFrame, silentFrames: to - from - (toFrame - fromFrame) }
    })
  })
}

const segmentSeconds = (segment: Segment) => ((segment.toFrame - segment.fromFrame + segment.silentFrames) * FRAME_MS) / 1000

/**
 * The HLS playlist of packed MP3: an EVENT that a player asks for again until `complete`, then VOD. Players
 * start at 0 in either. A playlist without segments is not playable yet: answer 404 until there is one.
 */
export function hlsPlaylist(
  segments: readonly Segment[],
  { uri, complete }: { uri: (index: number) => string; complete: boolean },
): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${TARGET_SECONDS}`,
    `#EXT-X-PLAYLIST-TYPE:${complete ? 'VOD' : 'EVENT'}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-START:TIME-OFFSET=0,PRECISE=YES',
    '#EXT-X-MEDIA-SEQUENCE:0',
    ...segments.flatMap((segment, index) => [`#EXTINF:${segmentSeconds(segment).toFixed(3)},`, uri(index)]),
    ...(complete ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')
}

/** The ID3 tag in front of a packed-audio segment that tells the player when its first frame plays (RFC 8216, 3.4). */
export function timestampTag(startFrame: number): Uint8Array {
  const owner = new TextEncoder().encode('com.apple.streaming.transportStreamTimestamp\0')
  const bodyBytes = owner.length + 8
  const tag = new Uint8Array(10 + 10 + bodyBytes)
  tag.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 10 + bodyBytes])
  tag.set([0x50, 0x52, 0x49, 0x56, 0, 0, 0, bodyBytes], 10)
  tag.set(owner, 20)
  const ticks = BigInt.asUintN(CLOCK_BITS, BigInt(startFrame) * BigInt(CLOCK_TICKS_PER_FRAME))
  new DataView(tag.buffer).setBigUint64(20 + owner.length, ticks)
  return tag
}

/** The bytes of one HLS segment: timestamp, the line's frames `fromFrame` to `toFrame`, silence. */
export function hlsSegment({ startFrame, silentFrames }: Segment, sound: Uint8Array): Uint8Array {
  const tag = timestampTag(startFrame)
  const bytes = new Uint8Array(tag.length + sound.length + silentFrames * BYTES_PER_FRAME)
  bytes.set(tag)
  bytes.set(sound, tag.length)
  for (let at = tag.length + sound.length; at < bytes.length; at += BYTES_PER_FRAME) bytes.set(SILENT_FRAME, at)
  return bytes
}
