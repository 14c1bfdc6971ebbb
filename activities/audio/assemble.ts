import {
  BYTES_PER_FRAME,
  FRAME_MS,
  SILENT_FRAME,
  type TimedLine,
  type TimelineRow,
  planTimeline,
  timelineFrames,
} from '../../shared/playlist.ts'
import { AudioRejected } from './audio-rejected.ts'
import { type Id3Tags, id3Tag } from './id3.ts'
import { infoFrame } from './info-frame.ts'
import { FrameCheck } from './mp3-frames.ts'

/** A line's stored frames, whole or in chunks of any size. */
export type LineBytes = AsyncIterable<Uint8Array> | Promise<Uint8Array>

/** `readLine` answers line i's MP3 frames; `readAhead` lines (default 16) are asked for before their turn. */
export interface AssemblyRequest extends Id3Tags {
  lines: readonly TimedLine[]
  readLine: (index: number) => LineBytes
  readAhead?: number
}

/** The file to be: its size and length are known before the first byte. `stream` can be read once; stopping early stops the readers. */
export interface Assembly {
  bytes: number
  durationMs: number
  rows: TimelineRow[]
  stream: AsyncIterable<Uint8Array>
}

/** A line whose stored bytes are not the frames the store promises. `index` counts from 0. */
export class LineMismatch extends Error {
  readonly index: number

  constructor(index: number, cause: unknown) {
    super(`line ${index} cannot be assembled: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'LineMismatch'
    this.index = index
  }
}

const SILENT_BLOCK_FRAMES = 128
const SILENT_BLOCK = Buffer.alloc(SILENT_BLOCK_FRAMES * BYTES_PER_FRAME, SILENT_FRAME)

/**
 * Joins lines to one MP3 by copying bytes: ID3 tag, Info frame, each line's frames and its pause, one silent frame that the Info
 * frame's delay and padding take away again. Nothing is encoded; a few lines are in memory at a time however many there are. The stream throws
 * LineMismatch for a line that is not exactly its frames, and what `readLine` throws.
 */
export function assembleMp3(request: AssemblyRequest): Assembly {
  const rows = planTimeline(request.lines)
  const frames = timelineFrames(rows)
  const head = Buffer.concat([id3Tag(request), infoFrame(frames + 1)])
  return {
    bytes: head.length + (frames + 1) * BYTES_PER_FRAME,
    durationMs: frames * FRAME_MS,
    rows,
    stream: joined(head, rows, request),
  }
}

async function* joined(
  head: Buffer,
  rows: readonly TimelineRow[],
  { readLine, readAhead = 16 }: AssemblyRequest,
): AsyncGenerator<Uint8Array> {
  const opened: LineBytes[] = []
  let next = 0
  try {
    yield head
    for (const [index, row] of rows.entries()) {
      while (next < rows.length && next <= index + readAhead) opened.push(quiet(readLine(next++)))
      yield* checkedLine(opened.shift() as LineBytes, row.frames, index)
      yield* silence(row.silentFrames)
    }
    yield* silence(1)
  } finally {
    await Promise.all(opened.map(close))
  }
}

// A read that fails before its turn is reported in its turn, not as an unhandled rejection.
function quiet(bytes: LineBytes): LineBytes {
  if (bytes instanceof Promise) bytes.catch(() => {})
  return bytes
}

async function close(bytes: LineBytes): Promise<void> {
  if (!(bytes instanceof Promise)) await bytes[Symbol.asyncIterator]().return?.()
}

async function* checkedLine(bytes: LineBytes, frames: number, index: number): AsyncGenerator<Uint8Array> {
  const check = new FrameCheck(frames)
  const proven = (deed: () => void): void => {
    try {
      deed()
    } catch (error) {
      throw error instanceof AudioRejected ? new LineMismatch(index, error) : error
    }
  }
  for await (const chunk of bytes instanceof Promise ? [await bytes] : bytes) {
    proven(() => check.push(chunk))
    yield chunk
  }
  proven(() => check.end())
}

function* silence(frames: number): Generator<Uint8Array> {
  for (let left = frames; left > 0; left -= SILENT_BLOCK_FRAMES) {
    yield SILENT_BLOCK.subarray(0, Math.min(left, SILENT_BLOCK_FRAMES) * BYTES_PER_FRAME)
  }
}
