import { expect, test } from 'vitest'
import {
  SAMPLES_PER_FRAME,
  framesForSamples,
  hlsPlaylist,
  hlsSegment,
  hlsSegments,
  planTimeline,
  timelineFrames,
  timestampTag,
} from './playlist.ts'

const lines = Array.from({ length: 500 }, (_, at) => {
  const samples = 9_001 + ((at * 7_919) % 400_000)
  return { samples, frames: framesForSamples(samples), pauseAfterMs: [0, 10, 61, 300, 777][at % 5] as number }
})

test('no line is more than 12 ms from its place, and nothing overlaps', () => {
  const rows = planTimeline(lines)
  let idealSamples = 0
  rows.forEach((row, at) => {
    expect(Math.abs(row.startFrame * SAMPLES_PER_FRAME - idealSamples)).toBeLessThanOrEqual(SAMPLES_PER_FRAME / 2)
    expect(row.silentFrames).toBeGreaterThanOrEqual(0)
    const line = lines[at] as (typeof lines)[number]
    idealSamples += Math.max(line.samples + line.pauseAfterMs * 48, line.frames * SAMPLES_PER_FRAME)
  })
  expect(timelineFrames(rows)).toBe(rows.reduce((sum, row) => sum + row.frames + row.silentFrames, 0))
})

test('earlier rows do not change when lines are added', () => {
  const all = planTimeline(lines)
  for (const count of [0, 1, 7, 499]) expect(planTimeline(lines.slice(0, count))).toEqual(all.slice(0, count))
})

test('segments cover every frame once, none is longer than 4 s, and earlier ones stay', () => {
  const rows = planTimeline(lines)
  const segments = hlsSegments(rows)
  let at = 0
  for (const segment of segments) {
    const frames = segment.toFrame - segment.fromFrame + segment.silentFrames
    expect(segment.startFrame).toBe(at)
    expect(frames).toBeGreaterThan(0)
    expect(frames).toBeLessThanOrEqual(166)
    at += frames
  }
  expect(at).toBe(timelineFrames(rows))
  rows.forEach((row, line) => {
    const own = segments.filter((segment) => segment.line === line)
    expect(own.reduce((sum, { fromFrame, toFrame }) => sum + toFrame - fromFrame, 0)).toBe(row.frames)
  })
  const fewer = hlsSegments(planTimeline(lines.slice(0, 7)))
  expect(segments.slice(0, fewer.length)).toEqual(fewer)
})

test('the playlist grows as an event and ends as a recording', () => {
  const rows = planTimeline(lines.slice(0, 2))
  const segments = hlsSegments(rows)
  const uri = (index: number): string => `s${index}.mp3`
  const growing = hlsPlaylist(segments, { uri, complete: false })
  expect(growing).toContain('#EXT-X-PLAYLIST-TYPE:EVENT')
  expect(growing).toContain('#EXT-X-START:TIME-OFFSET=0')
  expect(growing).toContain('#EXT-X-TARGETDURATION:4')
  expect(growing).not.toContain('ENDLIST')
  const done = hlsPlaylist(segments, { uri, complete: true })
  expect(done).toContain('#EXT-X-PLAYLIST-TYPE:VOD')
  expect(done.trimEnd().endsWith('#EXT-X-ENDLIST')).toBe(true)
  const ms = [...done.matchAll(/EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds) * 1000, 0)
  expect(Math.round(ms)).toBe(timelineFrames(rows) * 24)
})

test('a segment is its time in 90 kHz ticks, its frames and its pause', () => {
  const tag = timestampTag(1000)
  expect(Buffer.from(tag).toString('latin1', 20, 64)).toBe('com.apple.streaming.transportStreamTimestamp')
  expect(Buffer.from(tag).readBigUInt64BE(tag.length - 8)).toBe(2_160_000n)
  expect(Buffer.from(timestampTag(2 ** 33)).readBigUInt64BE(tag.length - 8)).toBe((2n ** 33n * 2160n) % 2n ** 33n)
  expect(hlsSegment({ line: 0, startFrame: 0, fromFrame: 0, toFrame: 1, silentFrames: 3 }, new Uint8Array(384))).toHaveLength(
    tag.length + 4 * 384,
  )
})
