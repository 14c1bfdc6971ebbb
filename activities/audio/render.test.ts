import { describe, expect, test } from 'vitest'
import { SAMPLES_PER_FRAME, framesForSamples, planTimeline } from '../../shared/playlist.ts'
import { aigcLabel } from './aigc-label.ts'
import { chaptersJson, chaptersOf } from './chapters.ts'
import { COVER_PIXELS, coverOf } from './cover.ts'
import { runFfmpeg } from './ffmpeg.ts'
import { id3Tag } from './id3.ts'
import { assembleMp3 } from './assemble.ts'
import { encodeLine } from './mp3-frames.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
const SAMPLES = 48_000
const timed = Array.from({ length: 6 }, () => ({ samples: SAMPLES, frames: framesForSamples(SAMPLES), pauseAfterMs: 300 }))
const rows = planTimeline(timed)
const chapters = chaptersOf([0, 0, 2, 2, 2, 3], rows, { titles: ['开场 = A; B', '', ' ', '收尾'], language: 'zh' })
const tape = '0512091403160718'

describe('chapters', () => {
  test('follow one another from the first to the last frame, one a section that has lines', () => {
    expect(chapters.map(({ title }) => title)).toEqual(['开场 = A; B', '第2部分', '收尾'])
    expect(chapters[0]?.startMs).toBe(0)
    for (const [at, { endMs }] of chapters.entries()) {
      expect(endMs).toBe(
        chapters[at + 1]?.startMs ?? (rows.at(-1)!.startFrame + framesForSamples(SAMPLES)) * 24 + rows.at(-1)!.silentFrames * 24,
      )
    }
    expect(chapters[1]?.startMs).toBe(rows[2]!.startFrame * 24)
  })

  test('as JSON have seconds', () => {
    expect(JSON.parse(chaptersJson('题', chapters))).toMatchObject({
      version: '1.2.0',
      chapters: [{ startTime: 0, title: '开场 = A; B' }, { startTime: chapters[1]!.startMs / 1000 }, { title: '收尾' }],
    })
  })

  test('are never more than a table of contents can name', () => {
    const sections = Array.from({ length: 1000 }, (_, index) => index)
    const many = planTimeline(sections.map(() => timed[0]!))
    const found = chaptersOf(sections, many, { titles: [], language: 'en' })
    expect(found).toHaveLength(250)
    expect(found.at(-1)).toMatchObject({
      title: 'Part 250',
      endMs: chaptersOf([0], many, { titles: [], language: 'en' })[0]!.endMs,
    })
  })
})

test('a player reads chapters, cover, date, comment and the AIGC field out of a file of the announced size', async () => {
  const { mp3: line } = await encodeLine(new Int16Array(SAMPLES).fill(900), tools)
  const assembly = assembleMp3({
    title: '题',
    artist: 'AIMake',
    language: 'zh',
    date: '2026-11-23',
    comment: '说明',
    texts: { AIGC: aigcLabel('episode-1') },
    chapters,
    cover: coverOf(tape, false),
    lines: timed,
    readLine: async () => line,
  })
  const parts: Uint8Array[] = []
  for await (const part of assembly.stream) parts.push(part)
  const file = Buffer.concat(parts)
  expect(file).toHaveLength(assembly.bytes)
  const metadata = (await runFfmpeg(['-f', 'mp3', '-i', 'pipe:0', '-f', 'ffmetadata'], file, tools)).toString('utf8')
  expect(metadata).toContain('date=2026-11-23')
  expect(metadata).toContain('comment=说明')
  expect(metadata).toMatch(/AIGC=\{"Label":"1","ContentProducer":"AIMake","ProduceID":"episode-1"/)
  const read = [...metadata.matchAll(/TIMEBASE=1\/1000\nSTART=(\d+)\nEND=(\d+)\ntitle=(.*)/g)].map(([, start, end, title]) => ({
    startMs: Number(start),
    endMs: Number(end),
    title: title!.replaceAll('\\', ''),
  }))
  // ffmpeg counts from the first sample it gives out, 23 ms behind the first it decodes.
  const late = (ms: number): number => Math.max(0, ms - 23)
  expect(read).toEqual(chapters.map(({ startMs, endMs, title }) => ({ startMs: late(startMs), endMs: late(endMs), title })))
  const picture = await runFfmpeg(
    ['-f', 'mp3', '-i', 'pipe:0', '-map', '0:v', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
    file,
    tools,
  )
  expect(picture).toHaveLength(COVER_PIXELS ** 2 * 3)
  const sound = await runFfmpeg(['-f', 'mp3', '-i', 'pipe:0', '-map', '0:a', '-f', 's16le'], file, tools)
  expect(sound.length / 2).toBeGreaterThanOrEqual((rows.at(-1)!.startFrame + rows.at(-1)!.frames) * SAMPLES_PER_FRAME)
})

test('every size in the tag is syncsafe and leads to the next frame', () => {
  const tag = id3Tag({ title: 'x', comment: 'y', chapters, cover: coverOf(tape, true) })
  const size = (at: number): number => {
    const bytes = [...tag.subarray(at, at + 4)]
    expect(bytes.every((byte) => byte < 128)).toBe(true)
    return bytes.reduce((sum, byte) => sum * 128 + byte, 0)
  }
  expect(size(6)).toBe(tag.length - 10)
  const ids: string[] = []
  for (let at = 10; at < tag.length; at += 10 + size(at + 4)) ids.push(tag.toString('latin1', at, at + 4))
  expect(ids).toEqual(['TIT2', 'COMM', 'CTOC', 'CHAP', 'CHAP', 'CHAP', 'APIC'])
})

test('the cover is a square of the tape in the colours of the app, some kB, the same each time', async () => {
  const cover = coverOf(tape, false)
  expect(cover.equals(coverOf(tape, false))).toBe(true)
  expect(cover.length).toBeLessThan(20_000)
  const pixels = await runFfmpeg(['-f', 'png_pipe', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'rgb24'], cover, tools)
  const at = (x: number, y: number): string => pixels.subarray((y * 1400 + x) * 3, (y * 1400 + x) * 3 + 3).toString('hex')
  expect(at(5, 5)).toBe('f1f2f5')
  expect(at(180, 690)).toBe('1f3c9c')
  expect(at(Math.round((19 + 4 * 24.5 + 7) * 7), 710)).toMatch(/d02f1a|f1f2f5/)
  expect(coverOf('', true).length).toBeGreaterThan(100)
})
