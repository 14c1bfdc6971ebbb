import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { BYTES_PER_FRAME, SAMPLES_PER_FRAME, SILENT_FRAME, framesForSamples } from '../../shared/playlist.ts'
import { assembleMp3 } from './assemble.ts'
import { asFloats, runFfmpeg } from './ffmpeg.ts'
import { encodeLine } from './mp3-frames.ts'
import { clickAt } from './test-sounds.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
const LENGTHS = [48_000, 30_001, 12_345, 61_777, 2_000]
const CLICK_AT = 1_000
const lines = LENGTHS.map((samples, at) => ({
  samples,
  frames: framesForSamples(samples),
  pauseAfterMs: [300, 0, 77, 1_000, 250][at] as number,
}))
let encoded: Buffer[] = []

beforeAll(async () => {
  encoded = await Promise.all(LENGTHS.map((samples) => encodeLine(clickAt(samples, CLICK_AT), tools).then(({ mp3 }) => mp3)))
})

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
const decode = async (mp3: Buffer): Promise<Float32Array> =>
  asFloats(await runFfmpeg(['-f', 'mp3', '-i', 'pipe:0', '-f', 'f32le'], mp3, tools))
// From a file, as a player does: out of a pipe ffmpeg does not take away the padding at the end.
async function decodeFile(mp3: Buffer): Promise<Float32Array> {
  const folder = await mkdtemp(join(tmpdir(), 'assemble-'))
  try {
    await writeFile(join(folder, 'whole.mp3'), mp3)
    return asFloats(await runFfmpeg(['-i', join(folder, 'whole.mp3'), '-f', 'f32le'], new Uint8Array(), tools))
  } finally {
    await rm(folder, { recursive: true })
  }
}
const readLine = async (index: number): Promise<Uint8Array> => encoded[index] as Buffer

function loudestAt(samples: Float32Array, from: number, until: number): number {
  let best = from
  for (let at = from; at < until; at += 1) if (Math.abs(samples[at] as number) > Math.abs(samples[best] as number)) best = at
  return best
}

test('the file has the announced size and decodes to exactly the sum of its lines and pauses', async () => {
  const assembly = assembleMp3({ title: '试听', artist: 'AIMake', language: 'zh', lines, readLine })
  const file = await collect(assembly.stream)
  const decoded = await decodeFile(file)
  expect(file).toHaveLength(assembly.bytes)
  expect(decoded).toHaveLength(assembly.durationMs * 48)
  expect(decoded.length).toBe(assembly.rows.reduce((sum, row) => sum + (row.frames + row.silentFrames) * SAMPLES_PER_FRAME, 0))
})

test('each line sounds where the plan says, to the sample', async () => {
  const { rows, stream } = assembleMp3({ title: 'x', lines, readLine })
  const decoded = await decodeFile(await collect(stream))
  for (const row of rows) {
    const start = row.startFrame * SAMPLES_PER_FRAME
    expect(loudestAt(decoded, start, start + row.frames * SAMPLES_PER_FRAME) - start).toBe(CLICK_AT)
  }
})

test('bare frames are 1105 samples late, wherever a line stands', async () => {
  const decoded = await decode(Buffer.concat(encoded))
  let start = 0
  for (const { frames } of lines) {
    expect(loudestAt(decoded, start, start + frames * SAMPLES_PER_FRAME) - start).toBe(CLICK_AT + 1105)
    start += frames * SAMPLES_PER_FRAME
  }
  expect(decoded).toHaveLength(start)
})

test('joined frames decode as each line decodes alone: nothing leaks over a seam', async () => {
  const joined = await decode(Buffer.concat(encoded))
  const alone = await Promise.all(encoded.map(decode))
  let at = 0
  for (const line of alone) {
    expect(line.every((sample, index) => Math.abs(sample - (joined[at + index] as number)) < 1e-6)).toBe(true)
    at += line.length
  }
})

test("the silent frame decodes to zeros and is LAME's own but for its name", async () => {
  const decoded = await decode(Buffer.concat(Array.from({ length: 20 }, () => SILENT_FRAME)))
  expect(decoded).toHaveLength(20 * SAMPLES_PER_FRAME)
  expect(decoded.every((sample) => sample === 0)).toBe(true)
  const { mp3: lame } = await encodeLine(new Int16Array(48_000), tools)
  expect(lame.subarray(0, 21).equals(SILENT_FRAME.subarray(0, 21))).toBe(true)
})

test('players read title, artist, language and length', async () => {
  const assembly = assembleMp3({
    title: '标题 𠮷',
    artist: 'A & B',
    language: 'zh',
    texts: { AIGC: '{"Label":"1"}' },
    lines,
    readLine,
  })
  const metadata = (
    await runFfmpeg(['-f', 'mp3', '-i', 'pipe:0', '-f', 'ffmetadata'], await collect(assembly.stream), tools)
  ).toString('utf8')
  expect(metadata).toContain('title=标题 𠮷')
  expect(metadata).toContain('artist=A & B')
  expect(metadata).toContain('language=zho')
  expect(metadata).toContain('AIGC=')
})

test('a line in odd chunks is the same line', async () => {
  async function* crumbs(index: number): AsyncGenerator<Uint8Array> {
    const bytes = encoded[index] as Buffer
    for (let at = 0; at < bytes.length; at += 1_000 + index * 7) yield bytes.subarray(at, at + 1_000 + index * 7)
  }
  const [whole, crumbled] = [assembleMp3({ title: 'x', lines, readLine }), assembleMp3({ title: 'x', lines, readLine: crumbs })]
  expect((await collect(crumbled.stream)).equals(await collect(whole.stream))).toBe(true)
})

test.each([
  ['too short', (line: Buffer) => line.subarray(0, line.length - BYTES_PER_FRAME)],
  ['too long', (line: Buffer) => Buffer.concat([line, line.subarray(0, 1)])],
  ['shifted', (line: Buffer) => Buffer.concat([line.subarray(1), line.subarray(0, 1)])],
  ['with a reservoir', (line: Buffer) => Buffer.from(line).fill(1, 4, 5)],
])('names a line that is %s', async (_name, spoil) => {
  const spoiled = async (index: number): Promise<Uint8Array> =>
    index === 2 ? spoil(encoded[2] as Buffer) : (encoded[index] as Buffer)
  await expect(collect(assembleMp3({ title: 'x', lines, readLine: spoiled }).stream)).rejects.toMatchObject({
    name: 'LineMismatch',
    index: 2,
  })
})

test('a failed read is thrown in its turn, and no reader is left open', async () => {
  const closed: number[] = []
  async function* lineOf(index: number): AsyncGenerator<Uint8Array> {
    try {
      if (index === 1) throw new Error('lost')
      yield encoded[index] as Buffer
    } finally {
      closed.push(index)
    }
  }
  await expect(collect(assembleMp3({ title: 'x', lines, readLine: lineOf }).stream)).rejects.toThrow('lost')
  expect(closed).toEqual([0, 1])
})
