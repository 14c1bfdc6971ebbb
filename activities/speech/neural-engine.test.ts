import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createNeuralEngine } from './neural-engine.ts'

// Stands for the model: answers how long it was asked to take, dies or fails when told so.
const home = mkdtempSync(join(tmpdir(), 'aimake-engine-'))
const childPath = join(home, 'child.mjs')
writeFileSync(
  childPath,
  `process.on('message', ({ stretches: [[ms]] }) => {
    if (ms === 1) { console.error('no memory left'); process.exit(9) }
    if (ms === 2) process.send({ problem: 'broken' })
    else setTimeout(() => process.send({ samples: [Float32Array.of(ms)] }), ms)
  })
  process.once('disconnect', () => process.exit(0))`,
)
const engine = createNeuralEngine({ childPath, idleMs: 200 })
afterEach(() => engine.stop())
afterAll(() => rmSync(home, { recursive: true }))

const never = new AbortController().signal
const ask = (ms: number, signal: AbortSignal = never) =>
  engine.speak({ modelPath: '', voicePath: '', threads: 1, stretches: [[ms]] }, signal)
const lives = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

test('requests take turns in one process, which goes when it is idle', async () => {
  const answers = await Promise.all([ask(60), ask(10), ask(30)])
  expect(answers.map(([samples]) => samples?.[0])).toEqual([60, 10, 30])
  const pid = engine.pid()
  expect(lives(pid)).toBe(true)
  await expect.poll(() => lives(pid), { timeout: 3_000 }).toBe(false)
})

test('an aborted request ends the process and nobody else: the next one has a new one', async () => {
  const controller = new AbortController()
  const aborted = ask(60_000, controller.signal)
  const waiting = ask(20)
  await expect.poll(() => engine.pid()).toBeDefined()
  const pid = engine.pid()
  controller.abort(new Error('stop'))
  await expect(aborted).rejects.toThrow('stop')
  expect(lives(pid)).toBe(false)
  expect((await waiting)[0]?.[0]).toBe(20)
})

test('a death and a problem are failures to be tried again, and the next request is served', async () => {
  await expect(ask(1)).rejects.toMatchObject({ code: 'engine_failed', retryable: true })
  await expect(ask(2)).rejects.toMatchObject({ code: 'engine_failed', message: expect.stringContaining('broken') as string })
  expect((await ask(5))[0]?.[0]).toBe(5)
})

/**
 * A model of 239 bytes with the inputs of the real one (which is 310 MB, and is listened to by `npm run bench:voice`): its sound is
 * ids * speed + the mean of the style. So the real process and runtime are tested on every machine.
 */
const smallModel =
  'CAgSADriAQofCglpbnB1dF9pZHMSAWEiBENhc3QqCQoCdG8YAaABAgonCgVzdHlsZRIBbSIKUmVkdWNlTWVhbioPCghrZWVwZGltcxgAoAECChIKAWEKBXNwZWVkEgFiIgNNdWwKFQ' +
  'oBYgoBbRIId2F2ZWZvcm0iA0FkZBIBZ1ocCglpbnB1dF9pZHMSDwoNCAcSCQoCCAEKAxIBbloYCgVzdHlsZRIPCg0IARIJCgIIAQoDCIACWhMKBXNwZWVkEgoKCAgBEgQKAggBYhsK' +
  'CHdhdmVmb3JtEg8KDQgBEgkKAggBCgMSAW5CBAoAEA0='

test('the real process runs a model: padded ids, the style of their length, speed 1, and nothing that is no number', async () => {
  const [modelPath, voicePath, brokenPath] = ['model.onnx', 'voice.bin', 'broken.bin'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(modelPath, Buffer.from(smallModel, 'base64'))
  writeFileSync(voicePath, Buffer.from(Float32Array.from({ length: 510 * 256 }, (_, at) => Math.floor(at / 256)).buffer))
  writeFileSync(brokenPath, Buffer.from(new Float32Array(510 * 256).fill(Number.NaN).buffer))
  const real = createNeuralEngine()
  try {
    const spoken = await real.speak({ modelPath, voicePath, threads: 1, stretches: [[10, 20, 30], [7]] }, never)
    expect(spoken.map((samples) => [...samples])).toEqual([
      [3, 13, 23, 33, 3],
      [1, 8, 1],
    ])
    await expect(real.speak({ modelPath, voicePath: brokenPath, threads: 1, stretches: [[5]] }, never)).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('none') as string,
    })
    await expect(real.speak({ modelPath: voicePath, voicePath, threads: 1, stretches: [[5]] }, never)).rejects.toMatchObject({
      code: 'engine_failed',
      retryable: true,
    })
  } finally {
    await real.stop()
  }
})
