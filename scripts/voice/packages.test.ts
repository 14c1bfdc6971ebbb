import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isGenuine, neuralModels, neuralVoiceFiles, presentModel } from '../../shared/neural-voice.ts'
import { modelSources, voiceSource } from './packages.ts'

const home = mkdtempSync(join(tmpdir(), 'aimake-voice-'))
afterAll(() => rmSync(home, { recursive: true }))

test('every package and every file is pinned by a hash of its own, and every model has a source', () => {
  const packages = [...voiceSource.packages, ...modelSources.flatMap((source) => source.packages)]
  const hashes = [...packages, ...neuralModels, ...neuralVoiceFiles].map(({ sha256 }) => sha256)
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(hashes).size).toBe(hashes.length)
  expect(modelSources.map(({ model }) => model)).toEqual(neuralModels.map(({ name }) => name))
})

test('parts are joined by number, not by name', () => {
  expect(modelSources[0]?.parts.slice(9, 12).map((name) => /\d+(?=\.bin)/.exec(name)?.[0])).toEqual(['9', '10', '11'])
})

test('the voice is there only with a model and all its voices, the better model first', async () => {
  const folder = join(home, 'voice')
  mkdirSync(folder)
  for (const { name } of neuralVoiceFiles) writeFileSync(join(folder, name), 'x')
  expect(presentModel(folder)).toBeUndefined()
  writeFileSync(join(folder, 'model-q8.onnx'), 'x')
  expect(presentModel(folder)?.name).toBe('model-q8.onnx')
  writeFileSync(join(folder, 'model-fp32.onnx'), 'x')
  expect(presentModel(folder)?.name).toBe('model-fp32.onnx')
  rmSync(join(folder, 'zm_yunxi.bin'))
  expect(presentModel(folder)).toBeUndefined()
  expect(await isGenuine(join(folder, 'model-q8.onnx'), neuralModels[1]?.sha256 as string)).toBe(false)
  expect(await isGenuine(join(folder, 'missing'), 'x')).toBe(false)
})
