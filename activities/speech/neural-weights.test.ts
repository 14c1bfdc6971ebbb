import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { neuralModels, neuralVoiceFiles } from '../../shared/neural-voice.ts'
import { NEURAL_MEMORY_BYTES, watchNeuralVoice } from './neural-weights.ts'

const home = mkdtempSync(join(tmpdir(), 'aimake-weights-'))
afterAll(() => rmSync(home, { recursive: true }))
const logger = { info: () => {}, warn: () => {} }

function watching(folder: string | undefined, freeBytes: () => number = () => NEURAL_MEMORY_BYTES) {
  const told: boolean[] = []
  const onChange = async (isReady: boolean): Promise<void> => void told.push(isReady)
  const watch = watchNeuralVoice({ folder, isLoaded: () => false, onChange, logger, freeBytes, everyMs: 20 })
  watch.start()
  return { told, watch }
}

test('switched off it says so once, for good', async () => {
  const { told, watch } = watching(undefined)
  await expect.poll(() => told).toEqual([false])
  expect(watch.weights()).toMatchObject({ retryable: false })
  watch.stop()
})

test('it waits for the weights, then for memory, and takes nothing whose content is not the pinned one', async () => {
  let free = 0
  const { told, watch } = watching(home, () => free)
  await expect
    .poll(() => watch.weights())
    .toMatchObject({ missing: expect.stringContaining('not here yet') as string, retryable: true })
  for (const { name } of [...neuralVoiceFiles, ...neuralModels]) writeFileSync(join(home, name), 'forged')
  await expect
    .poll(() => watch.weights())
    .toMatchObject({ missing: expect.stringContaining('memory') as string, retryable: true })
  free = NEURAL_MEMORY_BYTES
  await expect
    .poll(() => watch.weights())
    .toMatchObject({ missing: expect.stringContaining('pinned') as string, retryable: false })
  expect(told).not.toContain(true)
  watch.stop()
})
