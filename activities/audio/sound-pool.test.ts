import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { FirstLinesFirst } from './first-lines-first.ts'
import { SoundPool } from './sound-pool.ts'
import { makeLineAudio } from './line-audio.ts'
import { speechLike, toPcm16 } from './test-sounds.ts'
import { wavFile } from './wav.ts'

const ffmpegPath = process.env['FFMPEG_PATH'] ?? 'ffmpeg'
const pool = new SoundPool(ffmpegPath, 1)
afterAll(() => pool.close())
const spoken = { text: '今天我们来聊一聊城市里的树木', language: 'zh' as const }
const answerOf = (durationMs: number) => ({ audio: wavFile(toPcm16(speechLike(durationMs)), 48_000), format: 'wav' as const })
const answer = answerOf(2_500)
const line = { position: 0 }

test('the lines that are heard first are made first', () => {
  const waiting = new FirstLinesFirst()
  const tasks = [5, 0, 3, 0].map((position) => ({ params: [{ position }] }))
  for (const task of tasks) waiting.push(task)
  expect([waiting.size(), waiting.contains(tasks[2]!)]).toEqual([4, true])
  expect([1, 2, 3, 4, 5].map(() => waiting.pop())).toEqual([tasks[1], tasks[3], tasks[2], tasks[0], undefined])
})

test('a process makes what would be made here', async () => {
  await pool.accept(answer, spoken, line)
  const made = await pool.encode([answer], {}, line)
  const here = await makeLineAudio(answer, spoken, { ffmpegPath })
  expect(made.mp3.equals(here.mp3)).toBe(true)
  expect(made.flac.equals(here.flac)).toBe(true)
  expect(made).toMatchObject({ frames: here.frames, lufs: here.lufs, peakDb: here.peakDb })
})

test('what cannot be used is said by name, also from a process', async () => {
  const silent = { ...answer, audio: wavFile(new Int16Array(120_000), 48_000) }
  await expect(pool.accept(silent, spoken, line)).rejects.toMatchObject({ name: 'AudioRejected', code: 'silent' })
  const broken = new SoundPool('/nowhere/ffmpeg', 1)
  await expect(broken.encode([answerOf(500)], {}, line)).rejects.toThrow('cannot be started')
  await broken.close()
})

test('a process that is killed costs the task it was at, and another takes its place', async () => {
  const own = new SoundPool(ffmpegPath, 1)
  await own.accept(answer, spoken, line)
  const [pid] = soundProcesses()
  // Stopped first, so that the task cannot be over before its process is killed.
  process.kill(pid!, 'SIGSTOP')
  const lost = own.encode([answerOf(500)], {}, line)
  process.kill(pid!, 'SIGKILL')
  await expect(lost).rejects.toThrow()
  await expect(own.encode([answerOf(500)], {}, line)).resolves.toMatchObject({ frames: expect.any(Number) as number })
  await own.close()
})

test('no process outlives its worker', async () => {
  const program = `
    const { SoundPool } = await import(${JSON.stringify(new URL('sound-pool.ts', import.meta.url).href)})
    new SoundPool('ffmpeg', 2).start()
    setTimeout(() => console.log('up'), 700)
    setInterval(() => {}, 1000)`
  const doomed = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(doomed.stdout, 'data')
  const children = soundProcesses(doomed.pid)
  expect(children.length).toBe(2)
  doomed.kill('SIGKILL')
  await expect.poll(() => children.filter(isAlive), { timeout: 10_000 }).toEqual([])
})

/** The newest first. */
const soundProcesses = (parent = process.pid): number[] =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.join(' ').includes('sound-process'))
    .map(([pid]) => Number(pid))
    .toSorted((a, b) => b - a)

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
