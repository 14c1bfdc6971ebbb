import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { SAMPLES_PER_FRAME, framesForSamples, planTimeline } from '../../shared/playlist.ts'
import { aigcLabel } from './aigc-label.ts'
import { chaptersOf } from './chapters.ts'
import { coverOf } from './cover.ts'
import { PCM16_INPUT, asFloats, runFfmpeg } from './ffmpeg.ts'
import { withM4a } from './m4a.ts'
import { runTool } from './run-tool.ts'
import { clickAt } from './test-sounds.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
const LENGTHS = [48_000, 30_001, 12_345, 61_777]
const CLICK_AT = 5_000
const rows = planTimeline(
  LENGTHS.map((samples, at) => ({ samples, frames: framesForSamples(samples), pauseAfterMs: [300, 0, 77, 1_000][at]! })),
)
const chapters = chaptersOf([0, 0, 1, 1], rows, { titles: ['一 = 1', '二'], language: 'zh' })

async function flacOf(samples: number): Promise<Buffer> {
  const pcm16 = clickAt(samples, CLICK_AT)
  return runFfmpeg([...PCM16_INPUT, '-c:a', 'flac', '-f', 'flac'], new Uint8Array(pcm16.buffer), tools)
}

test('an M4A has its lines where the MP3 has them, chapters, cover, tags and the AIGC field', async () => {
  const flacs = await Promise.all(LENGTHS.map(flacOf))
  const aigc = aigcLabel('episode-1')
  const about = {
    title: '题; 1',
    artist: 'AIMake',
    date: '2026-11-23',
    comment: '说明',
    aigc,
    chapters,
    cover: coverOf('0511', false),
  }
  const request = { rows, samples: LENGTHS, readFlac: async (index: number) => flacs[index]!, ...about }
  await withM4a(request, tools, async (path) => {
    const read = async (...args: string[]): Promise<Buffer> => {
      const { exitCode, stdout, stderr } = await runTool(tools.ffmpegPath, ['-v', 'error', '-i', path, ...args, 'pipe:1'])
      expect([exitCode, stderr]).toEqual([0, ''])
      return stdout
    }
    const sound = asFloats(await read('-map', '0:a', '-f', 'f32le'))
    const end = rows.at(-1)!
    const wholeSamples = (end.startFrame + end.frames + end.silentFrames) * SAMPLES_PER_FRAME
    expect(Math.abs(sound.length - wholeSamples)).toBeLessThanOrEqual(1024)
    for (const { startFrame } of rows) {
      const start = startFrame * SAMPLES_PER_FRAME
      let loudest = start
      for (let at = start; at < start + 12_000; at += 1) if (Math.abs(sound[at]!) > Math.abs(sound[loudest]!)) loudest = at
      // The delay of the codec, and half a frame; a whole one behind a line without a pause.
      expect(loudest - start - CLICK_AT - 1024).toBeGreaterThanOrEqual(-512)
      expect(loudest - start - CLICK_AT - 1024).toBeLessThanOrEqual(1024)
    }
    const metadata = (await read('-f', 'ffmetadata')).toString('utf8')
    expect(metadata).toContain('title=题\\; 1')
    expect(metadata).toMatch(/AIGC=\{"Label":"1"/)
    expect(metadata).toMatch(/title=一 \\= 1[^]*title=二/)
    expect((await read('-map', '0:v', '-f', 'rawvideo', '-pix_fmt', 'rgb24')).length).toBe(1400 * 1400 * 3)
    expect((await readFile(path)).toString('latin1', 4, 8)).toBe('ftyp')
  })
})
