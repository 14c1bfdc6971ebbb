import { describe, expect, test } from 'vitest'
import { runFfmpeg } from './ffmpeg.ts'
import { infoFrame } from './info-frame.ts'
import { runTool } from './run-tool.ts'
import { makeLineAudio } from './line-audio.ts'
import { energies, integratedLufs } from './loudness.ts'
import { levelLine } from './level.ts'
import { encodeLine } from './mp3-frames.ts'
import { speechLike, toPcm16 } from './test-sounds.ts'
import { wavFile } from './wav.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
// 36 characters, 6 s.
const spoken = { text: '今天我们来聊一聊城市里的树木以及它们怎样让夏天的街道变得凉快一些这件事情', language: 'zh' as const }
const wav = wavFile(toPcm16(speechLike(6_000)), 48_000)
const mp3 = await runFfmpeg(
  ['-i', 'pipe:0', '-c:a', 'libmp3lame', '-b:a', '64k', '-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'],
  wav,
  tools,
)

async function ebur128(audio: Buffer): Promise<{ lufs: number; peakDb: number }> {
  const { stderr } = await runTool(
    tools.ffmpegPath,
    ['-nostdin', '-hide_banner', '-i', 'pipe:0', '-af', 'ebur128=peak=true:framelog=quiet', '-f', 'null', '-'],
    { input: audio },
  )
  const summary = stderr.slice(stderr.lastIndexOf('Summary'))
  return { lufs: Number(/I:\s+(-?[\d.]+)/.exec(summary)?.[1]), peakDb: Number(/Peak:\s+(-?[\d.]+)/.exec(summary)?.[1]) }
}

describe('a good answer', () => {
  test.each([
    ['wav', { audio: wav, format: 'wav' as const }],
    ['raw samples', { audio: wav.subarray(44), format: 'pcm' as const, sampleRateHz: 48_000 }],
    ['mp3', { audio: mp3, format: 'mp3' as const }],
    ['a WAV labelled mp3', { audio: wav, format: 'mp3' as const }],
  ])('%s becomes exact frames at the target loudness', async (_name, answer) => {
    const line = await makeLineAudio(answer, spoken, tools)
    expect(line.mp3).toHaveLength(line.frames * 384)
    expect(Math.abs(line.samples - 288_000)).toBeLessThan(4_000)
    expect(line.lufs).toBeCloseTo(-16, 0)
    expect(line.peakDb).toBeLessThanOrEqual(-1)
    expect(line.flac.toString('latin1', 0, 4)).toBe('fLaC')
  })

  test('is measured as ffmpeg measures it', async () => {
    const line = await makeLineAudio({ audio: wav, format: 'wav' }, spoken, tools)
    const measured = await ebur128(line.mp3)
    expect(Math.abs(measured.lufs - integratedLufs([line.energies]))).toBeLessThanOrEqual(0.1)
    expect(Math.abs(measured.peakDb - line.peakDb)).toBeLessThanOrEqual(0.15)
    const flac = await ebur128(line.flac)
    // The codec itself changes a line a little.
    expect(Math.abs(flac.lufs - line.lufs)).toBeLessThanOrEqual(0.2)
  })

  test('is the same when repeated', async () => {
    const answer = { audio: wav, format: 'wav' as const }
    const [one, two] = [await makeLineAudio(answer, spoken, tools), await makeLineAudio(answer, spoken, tools)]
    expect(one.mp3.equals(two.mp3)).toBe(true)
    expect(one.flac.equals(two.flac)).toBe(true)
  })

  test('with hard peaks stays under -1 dBTP once decoded', async () => {
    const samples = speechLike(6_000, 0.05)
    for (let at = 5_000; at < samples.length; at += 9_000) samples.set([0.9, -0.95, 0.9, -0.9], at)
    const line = await makeLineAudio({ audio: wavFile(toPcm16(samples), 48_000), format: 'wav' }, spoken, tools)
    expect((await ebur128(line.mp3)).peakDb).toBeLessThanOrEqual(-1)
  })

  test('is stopped by its signal', async () => {
    const controller = new AbortController()
    const work = makeLineAudio({ audio: wav, format: 'wav' }, spoken, { ...tools, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('stop')), 20)
    await expect(work).rejects.toThrow('stop')
  })
})

describe('the gate', () => {
  const silence = wavFile(new Int16Array(288_000), 48_000)
  const square = wavFile(toPcm16(speechLike(6_000).map((sample) => Math.sign(sample))), 48_000)
  const part = (from: number, until: number): Buffer =>
    wavFile(toPcm16(speechLike(20_000)).subarray(from * 48, until * 48), 48_000)
  const pause = wavFile(toPcm16(speechLike(10_000).map((sample, at) => (at > 96_000 && at < 330_000 ? 0 : sample))), 48_000)
  const html = Buffer.from('<!DOCTYPE html><html><body>Bad gateway</body></html>')
  const padded = Buffer.concat([part(0, 2_000), Buffer.alloc(4 * 96_000)])
  padded.writeUInt32LE(padded.length - 44, 40)

  test.each([
    ['nothing', Buffer.alloc(0), 'mp3', 'empty'],
    ['a header without samples', wav.subarray(0, 44), 'wav', 'truncated'],
    ['HTML', html, 'mp3', 'not_audio'],
    ['HTML as raw samples', html, 'pcm', 'not_audio'],
    ['JSON as WAV', Buffer.from('{"error":"busy"}'), 'wav', 'not_audio'],
    ['a cut WAV', wav.subarray(0, wav.length - 40_000), 'wav', 'truncated'],
    ['an MP3 cut within a frame', mp3.subarray(0, mp3.length - 100), 'mp3', 'truncated'],
    ['an MP3 cut to half between frames', mp3.subarray(0, Math.floor(mp3.length / 2 / 192) * 192), 'mp3', 'too_short'],
    ['silence', silence, 'wav', 'silent'],
    ['full scale', square, 'wav', 'clipped'],
    ['half', part(0, 3_000), 'wav', 'too_short'],
    ['a third, hidden before silence', padded, 'wav', 'too_short'],
    ['triple', part(0, 18_000), 'wav', 'too_long'],
    ['a long hole', pause, 'wav', 'gap'],
  ])('refuses %s', async (_name, audio, format, code) => {
    const answer = { audio, format: format as 'wav' | 'mp3' | 'pcm', sampleRateHz: 48_000 }
    await expect(makeLineAudio(answer, spoken, tools)).rejects.toMatchObject({ name: 'AudioRejected', code })
  })

  test('refuses an MP3 that lost frames its Info frame announces', async () => {
    const { mp3: frames } = await encodeLine(toPcm16(speechLike(6_000)), tools)
    const answer = (announced: number): { audio: Buffer; format: 'mp3' } => ({
      audio: Buffer.concat([infoFrame(announced), frames]),
      format: 'mp3',
    })
    await expect(makeLineAudio(answer(frames.length / 384), spoken, tools)).resolves.toMatchObject({ gainDb: expect.any(Number) })
    await expect(makeLineAudio(answer(400), spoken, tools)).rejects.toMatchObject({ code: 'truncated' })
  })
})

test('the loudness of several lines is a merge of their lists', () => {
  const [quiet, loud] = [speechLike(4_000, 0.05), speechLike(4_000, 0.4)]
  const joined = new Float32Array([...quiet, ...loud])
  expect(integratedLufs([energies(quiet), energies(loud)])).toBeCloseTo(integratedLufs([energies(joined)]), 1)
  expect(integratedLufs([energies(new Float32Array(96_000))])).toBe(-Infinity)
})

test('lines too short to be measured take the gain of their voice', () => {
  expect(levelLine(speechLike(300), { voiceGainDb: 3 })).toMatchObject({ gainDb: 3 })
  expect(levelLine(speechLike(300), { voiceGainDb: 3 }).wantedGainDb).toBeUndefined()
  expect(levelLine(speechLike(300, 0.001)).gainDb).toBe(12)
})

test('a line goes at most 3 dB from the gain of its voice, and within that the gain changes no sample', () => {
  const samples = speechLike(3_000, 0.1)
  const alone = levelLine(samples)
  const near = levelLine(samples, { voiceGainDb: alone.gainDb + 2.9 })
  expect(Buffer.from(near.pcm16.buffer).equals(Buffer.from(alone.pcm16.buffer))).toBe(true)
  const whisper = levelLine(samples, { voiceGainDb: alone.gainDb - 8 })
  expect(whisper.gainDb).toBeCloseTo(alone.gainDb - 5, 6)
  expect(whisper.lufs).toBeLessThan(alone.lufs - 1.5)
  expect(whisper.wantedGainDb).toBe(alone.gainDb)
})
