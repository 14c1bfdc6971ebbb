import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { neuralModels, neuralVoiceFiles } from '../../shared/neural-voice.ts'
import { NEURAL_MEMORY_BYTES, watchNeuralVoice } from './neural-weights.ts'

const home = mkdtempSync(join(tmpdir(), 'aimake-weights-'))
afterAll(() => rmSync(home, { recursive: true }))

function watching(folder: string | undefined, freeBytes: () => number = () => NEURAL_MEMORY_BYTES) {
  const said: string[] = []
  let ready = 0
  const onReady = async (): Promise<void> => void (ready += 1)
  const logger = { info: (text: unknown) => void said.push(String(text)), warn: () => {} }
  const watch = watchNeuralVoice({ folder, isLoaded: () => false, onReady, logger, freeBytes, everyMs: 20 })
  watch.start()
  return { said, watch, timesReady: () => ready }
}

test('switched off it says so once, for good', async () => {
  const { said, watch } = watching(undefined)
  await expect.poll(() => said).toEqual([expect.stringContaining('switched off')])
  expect(watch.weights()).toMatchObject({ retryable: false })
  watch.stop()
})

test('it waits for the weights, then for memory, and takes nothing whose content is not the pinned one', async () => {
  let free = 0
  const { said, watch, timesReady } = watching(home, () => free)
  await expect.poll(() => said).toEqual([expect.stringContaining('not here yet')])
  expect(watch.weights()).toMatchObject({ retryable: true })
  for (const { name } of [...neuralVoiceFiles, ...neuralModels]) writeFileSync(join(home, name), 'forged')
  await expect
    .poll(() => watch.weights())
    .toMatchObject({ missing: expect.stringContaining('memory') as string, retryable: true })
  free = NEURAL_MEMORY_BYTES
  await expect
    .poll(() => watch.weights())
    .toMatchObject({ missing: expect.stringContaining('pinned') as string, retryable: false })
  expect(said).toHaveLength(3)
  expect(timesReady()).toBe(0)
  watch.stop()
})
