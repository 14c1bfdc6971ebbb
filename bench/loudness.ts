// npm run bench:loudness: two synthetic voices 10 dB apart through the product's own line audio and assembly, in turn, each with louder
// and softer lines and short ones. Measured on the decoded file by ffmpeg's own meter; ends with 1 when a target is missed.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assembleMp3 } from '../activities/audio/assemble.ts'
import { learnt, levelOptions } from '../activities/audio/voice-gain.ts'
import type { VoiceGain } from '../activities/audio/voice-gain.ts'
import { makeLineAudio } from '../activities/audio/line-audio.ts'
import type { LineAudio } from '../activities/audio/line-audio.ts'
import { speechLike, toPcm16 } from '../activities/audio/test-sounds.ts'
import { wavFile } from '../activities/audio/wav.ts'
import { wholeLoudness } from '../activities/audio/whole-loudness.ts'
import { SAMPLES_PER_FRAME } from '../shared/playlist.ts'
import { writeEnergies } from '../shared/tape.ts'

const run = promisify(execFile)
const ffmpegPath = process.env['FFMPEG_PATH'] ?? 'ffmpeg'
const LINES = 40
const PAUSE_MS = 400
const APART_DB = 10
/** How a person reads: some lines louder, some softer than the voice is, in dB. */
const MANNER_DB = [0, 1.5, -1, 2, -2, 0.5, -0.5]
const LENGTHS_MS = [4_000, 2_600, 6_300, 320, 3_100]
const TARGETS = { apartDb: 1, lufs: 0.5, peakDb: -1, meterLu: 0.1 }
const WORDS = '今天我们来聊一聊城市里的树木以及它们怎样让夏天的街道变得凉快一些这件事情'

interface BenchLine {
  voice: number
  audio: LineAudio
}

const fromDb = (db: number): number => 10 ** (db / 20)

async function makeLines(): Promise<BenchLine[]> {
  const voices: (VoiceGain | undefined)[] = [undefined, undefined]
  const lines: BenchLine[] = []
  for (let index = 0; index < LINES; index += 1) {
    const voice = index % 2
    const lengthMs = LENGTHS_MS[Math.floor(index / 2) % LENGTHS_MS.length] as number
    const levelDb = -28 + voice * APART_DB + (MANNER_DB[index % MANNER_DB.length] as number)
    const text = WORDS.slice(0, Math.max(1, Math.round(lengthMs / 180)))
    const answer = { audio: wavFile(toPcm16(speechLike(lengthMs, fromDb(levelDb))), 48_000), format: 'wav' as const }
    const audio = await makeLineAudio(answer, { text, language: 'zh' }, { ffmpegPath }, levelOptions(voices[voice]))
    if (audio.wantedGainDb !== undefined) voices[voice] = learnt(voices[voice], audio.wantedGainDb)
    lines.push({ voice, audio })
  }
  return lines
}

async function fileOf(lines: readonly BenchLine[]) {
  const timed = lines.map(({ audio: { samples, frames } }) => ({ samples, frames, pauseAfterMs: PAUSE_MS }))
  const assembly = assembleMp3({ title: 'Benchmark', lines: timed, readLine: async (index) => lines[index]!.audio.mp3 })
  const parts: Uint8Array[] = []
  for await (const part of assembly.stream) parts.push(part)
  return { bytes: Buffer.concat(parts), rows: assembly.rows }
}

/** `only` keeps the stretches of one voice, in samples of the decoded file. */
async function meter(file: string, only?: string): Promise<{ lufs: number; peakDb: number }> {
  const filters = [...(only ? [`aselect='${only}'`, 'asetpts=N/SR/TB'] : []), 'ebur128=peak=true:framelog=quiet'].join(',')
  const { stderr } = await run(ffmpegPath, ['-nostdin', '-hide_banner', '-i', file, '-af', filters, '-f', 'null', '-'])
  const summary = stderr.slice(stderr.lastIndexOf('Summary'))
  return { lufs: Number(/I:\s+(-?[\d.]+)/.exec(summary)?.[1]), peakDb: Number(/Peak:\s+(-?[\d.]+)/.exec(summary)?.[1]) }
}

const line = (name: string, figure: string, isMet: boolean): boolean => {
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${name}: ${figure}`)
  return isMet
}

const folder = await mkdtemp(join(tmpdir(), 'bench-loudness-'))
try {
  const lines = await makeLines()
  const { bytes, rows } = await fileOf(lines)
  const file = join(folder, 'whole.mp3')
  await writeFile(file, bytes)
  const spans = (voice: number): string =>
    rows
      .filter((_, index) => lines[index]!.voice === voice)
      .map(({ startFrame, frames }) => `between(t,${seconds(startFrame)},${seconds(startFrame + frames)})`)
      .join('+')
  const [whole, first, second] = await Promise.all([meter(file), meter(file, spans(0)), meter(file, spans(1))])
  const own = wholeLoudness(
    lines.map(({ audio }) => ({ energies: writeEnergies(audio.energies), peakDb: audio.peakDb })),
    rows,
  )
  const apartDb = Math.abs(first.lufs - second.lufs)
  const offDb = Math.abs(whole.lufs + 16)
  console.log(`${LINES} lines of two voices ${APART_DB} dB apart; each voice afterwards: ${first.lufs} and ${second.lufs} LUFS`)
  const met = [
    line('difference of the voices', `${apartDb.toFixed(1)} dB (target <= ${TARGETS.apartDb})`, apartDb <= TARGETS.apartDb),
    line('the whole', `${whole.lufs} LUFS (target -16 +-${TARGETS.lufs})`, offDb <= TARGETS.lufs),
    line('its true peak', `${whole.peakDb} dBTP (target <= ${TARGETS.peakDb})`, whole.peakDb <= TARGETS.peakDb),
    line(
      'our own measure of the whole',
      `${own.lufs!.toFixed(2)} LUFS, ${Math.abs(own.lufs! - whole.lufs).toFixed(2)} LU from the meter's (target <= ${TARGETS.meterLu})`,
      Math.abs(own.lufs! - whole.lufs) <= TARGETS.meterLu,
    ),
  ]
  if (!met.every(Boolean)) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
}

function seconds(frame: number): string {
  return ((frame * SAMPLES_PER_FRAME) / 48_000).toFixed(3)
}
