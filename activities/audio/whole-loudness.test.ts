import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeEnergies } from '../../shared/tape.ts'
import { assembleMp3 } from './assemble.ts'
import { makeLineAudio } from './line-audio.ts'
import type { LineAudio } from './line-audio.ts'
import { energies, mergeEnergies } from './loudness.ts'
import { runTool } from './run-tool.ts'
import { speechLike, toPcm16 } from './test-sounds.ts'
import { wavFile } from './wav.ts'
import { wholeLoudness } from './whole-loudness.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
const FORTY = '今天我们来聊一聊城市里的树木以及它们怎样让夏天的街道变得凉快一些这件事情'

/** What ffmpeg's own meter says of a file, decoded as a player does. */
async function ebur128(mp3: Buffer): Promise<{ lufs: number; peakDb: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'loudness-'))
  try {
    await writeFile(join(folder, 'whole.mp3'), mp3)
    const args = ['-nostdin', '-hide_banner', '-i', join(folder, 'whole.mp3'), '-map', '0:a', '-af']
    const { stderr } = await runTool(tools.ffmpegPath, [...args, 'ebur128=peak=true:framelog=quiet', '-f', 'null', '-'])
    const summary = stderr.slice(stderr.lastIndexOf('Summary'))
    return { lufs: Number(/I:\s+(-?[\d.]+)/.exec(summary)?.[1]), peakDb: Number(/Peak:\s+(-?[\d.]+)/.exec(summary)?.[1]) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const lineOf = (durationMs: number, level: number, options = {}): Promise<LineAudio> => {
  const text = FORTY.repeat(3).slice(0, Math.round(durationMs / 165))
  const audio = wavFile(toPcm16(speechLike(durationMs, level)), 48_000)
  return makeLineAudio({ audio, format: 'wav' }, { text, language: 'zh' }, tools, options)
}

async function assembled(lines: LineAudio[], pauseAfterMs: number) {
  const timed = lines.map(({ samples, frames }) => ({ samples, frames, pauseAfterMs }))
  const { stream, rows } = assembleMp3({ title: 'x', lines: timed, readLine: async (index) => lines[index]!.mp3 })
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  const measured = lines.map((line) => ({ energies: writeEnergies(line.energies), peakDb: line.peakDb }))
  return { file: Buffer.concat(parts), loudness: wholeLoudness(measured, rows) }
}

test.each([
  ['long lines and short pauses', [6_000, 4_321, 7_777, 2_345], 300],
  ['short lines and long pauses', [700, 1_234, 650, 2_050, 900], 1_500],
  ['no pauses', [3_000, 1_111, 2_222], 0],
])('the merge of lists is what ffmpeg measures of the file: %s', async (_name, lengths, pauseMs) => {
  const made = await Promise.all(lengths.map((length, at) => lineOf(length, [0.4, 0.1, 0.2][at % 3] as number)))
  // A minute or more, as episodes are: a 100 ms block more or less at an edge tells in a file of seconds.
  const lines = Array.from({ length: 12 }, () => made).flat()
  const { file, loudness } = await assembled(lines, pauseMs)
  const measured = await ebur128(file)
  expect(Math.abs(loudness.lufs! - measured.lufs)).toBeLessThanOrEqual(0.1)
  expect(Math.abs(loudness.peakDb! - measured.peakDb)).toBeLessThanOrEqual(0.15)
  expect(Math.abs(measured.lufs + 16)).toBeLessThanOrEqual(0.5)
  expect(measured.peakDb).toBeLessThanOrEqual(-1)
  expect(loudness.isOnTarget).toBe(true)
})

test('a whole that is off its target says so', async () => {
  const quiet = await lineOf(4_000, 0.02, { voiceGainDb: 0 })
  const { loudness } = await assembled([quiet, quiet], 300)
  expect(loudness.lufs).toBeLessThan(-20)
  expect(loudness.isOnTarget).toBe(false)
})

test('parts laid anywhere keep their energy', () => {
  const part = energies(speechLike(3_000))
  const sum = (list: Iterable<number>): number => [...list].reduce((total, value) => total + value, 0)
  const merged = mergeEnergies(
    [
      { startMs: 0, energies: part },
      { startMs: 3_024 + 72, energies: part },
    ],
    7_000,
  )
  expect(merged).toHaveLength(70)
  expect(sum(merged)).toBeCloseTo(2 * sum(part), 9)
  expect(mergeEnergies([], 0)).toHaveLength(0)
})
