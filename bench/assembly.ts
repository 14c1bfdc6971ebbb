// Assembly of a finished episode: the product against ffmpeg's concat demuxer and a pydub-style append, in one run on one machine;
// then the product's memory at half an hour and at ten hours. Ends with 1 when a target is missed. FFMPEG_PATH names ffmpeg.
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { assembleMp3 } from '../activities/audio/assemble.ts'
import { levelLine } from '../activities/audio/level.ts'
import { encodeLine } from '../activities/audio/mp3-frames.ts'
import { speechLike } from '../activities/audio/test-sounds.ts'
import { wavFile } from '../activities/audio/wav.ts'
import { framesForSamples } from '../shared/playlist.ts'
import { atLeast, atMost, median } from './judged.ts'

const run = promisify(execFile)
const ffmpegPath = process.env['FFMPEG_PATH'] ?? 'ffmpeg'
const LINES = 100
const DISTINCT_LINES = 10
const LINE_MS = 18_200
const PAUSE_MS = 400
const RUNS = 3
const TARGETS = { concat: 20, pydub: 50, memoryRatio: 1.5, memoryMb: 128 }

const lineSamples = (index: number): number => Math.round((LINE_MS + (index % DISTINCT_LINES) * 37) * 48)
const framesFile = (folder: string, index: number): string => join(folder, `line-${index % DISTINCT_LINES}.frames`)
const answerFile = (folder: string, index: number): string => join(folder, `line-${index % DISTINCT_LINES}.mp3`)
const ffmpeg = (...args: string[]): Promise<unknown> =>
  run(ffmpegPath, ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...args])

// Each line twice: as the store keeps it, and as a provider's MP3 for the two rivals.
async function makeLines(folder: string): Promise<void> {
  for (let index = 0; index < DISTINCT_LINES; index += 1) {
    const { pcm16 } = levelLine(speechLike(lineSamples(index) / 48))
    await writeFile(framesFile(folder, index), (await encodeLine(pcm16, { ffmpegPath })).mp3)
    await writeFile(join(folder, 'line.wav'), wavFile(pcm16, 48_000))
    await ffmpeg('-i', join(folder, 'line.wav'), '-b:a', '128k', answerFile(folder, index))
  }
  await writeFile(join(folder, 'pause.wav'), wavFile(new Int16Array(PAUSE_MS * 48), 48_000))
  await ffmpeg('-i', join(folder, 'pause.wav'), '-b:a', '128k', join(folder, 'pause.mp3'))
}

async function byProduct(folder: string, lines: number): Promise<string> {
  const file = join(folder, 'product.mp3')
  const timed = Array.from({ length: lines }, (_, index) => ({
    samples: lineSamples(index),
    frames: framesForSamples(lineSamples(index)),
    pauseAfterMs: PAUSE_MS,
  }))
  const assembly = assembleMp3({ title: 'Benchmark', lines: timed, readLine: (index) => readFile(framesFile(folder, index)) })
  await pipeline(assembly.stream, createWriteStream(file))
  if ((await stat(file)).size !== assembly.bytes) throw new Error('the file has not the announced size')
  return file
}

async function byConcat(folder: string): Promise<string> {
  const [list, file] = [join(folder, 'list.txt'), join(folder, 'concat.mp3')]
  const entries = Array.from(
    { length: LINES },
    (_, index) => `file '${answerFile(folder, index)}'\nfile '${join(folder, 'pause.mp3')}'\n`,
  )
  await writeFile(list, entries.join(''))
  await ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c:a', 'libmp3lame', '-b:a', '128k', file)
  return file
}

// As pydub does it: decode a file to WAV, `whole += piece` (a new copy of everything each time), `export` through a WAV file.
async function byAppending(folder: string): Promise<string> {
  const [wav, file] = [join(folder, 'whole.wav'), join(folder, 'pydub.mp3')]
  const pause = Buffer.alloc(PAUSE_MS * 96)
  let whole = Buffer.alloc(0)
  for (let index = 0; index < LINES; index += 1) {
    const options = { encoding: 'buffer', maxBuffer: 2 ** 30 } as const
    const { stdout } = await run(
      ffmpegPath,
      ['-v', 'error', '-nostdin', '-i', answerFile(folder, index), '-f', 'wav', '-'],
      options,
    )
    whole = Buffer.concat([whole, stdout.subarray(78)])
    whole = Buffer.concat([whole, pause])
  }
  await writeFile(wav, wavFile(new Int16Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / 2)), 48_000))
  await ffmpeg('-i', wav, '-b:a', '128k', file)
  return file
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let each = 0; each < RUNS; each += 1) times.push(await timeMs(work))
  return median(times)
}

// The high-water mark of this process alone: getrusage's would carry over the parent's.
async function peakMb(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS) / 1024
}

async function memoryOf(folder: string, minutes: number): Promise<{ peakMb: number; ms: number }> {
  const { stdout } = await run(process.execPath, [fileURLToPath(import.meta.url), '--child', folder, String(minutes)])
  return JSON.parse(stdout) as { peakMb: number; ms: number }
}

async function child(folder: string, minutes: number): Promise<void> {
  const ms = await timeMs(() => byProduct(folder, Math.round((minutes * 60_000) / (LINE_MS + PAUSE_MS))))
  process.stdout.write(JSON.stringify({ peakMb: await peakMb(), ms }))
}

async function compare(folder: string): Promise<void> {
  await makeLines(folder)
  process.stdout.write(`${LINES} lines, ${((LINES * (LINE_MS + 166 + PAUSE_MS)) / 60_000).toFixed(1)} min\n`)
  const productMs = await medianMs(() => byProduct(folder, LINES))
  const concatMs = await timeMs(() => byConcat(folder))
  const pydubMs = await timeMs(() => byAppending(folder))
  const [short, long] = [await memoryOf(folder, 30), await memoryOf(folder, 600)]
  process.stdout.write(
    `product ${productMs.toFixed(0)} ms, concat re-encode ${concatMs.toFixed(0)} ms, pydub-style ${pydubMs.toFixed(0)} ms\n`,
  )
  process.stdout.write(
    `30 min: ${short.peakMb.toFixed(0)} MB, ${short.ms.toFixed(0)} ms; 10 h: ${long.peakMb.toFixed(0)} MB, ${long.ms.toFixed(0)} ms\n`,
  )
  const [toConcat, toPydub, growth] = [concatMs / productMs, pydubMs / productMs, long.peakMb / short.peakMb]
  atLeast('times faster than concat with re-encode', toConcat, TARGETS.concat)
  atLeast('times faster than pydub-style append', toPydub, TARGETS.pydub)
  atMost('peak memory at 10 h / at 30 min', growth, TARGETS.memoryRatio)
  atMost('peak memory at 10 h', long.peakMb, TARGETS.memoryMb, ' MB', 0)
}

if (process.argv[2] === '--child') {
  await child(process.argv[3] as string, Number(process.argv[4]))
} else {
  const folder = await mkdtemp(join(tmpdir(), 'bench-assembly-'))
  try {
    await compare(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
