import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { queueFaults } from './queues.ts'

const manifests = globSync('deploy/kubernetes/*.yaml').map((path) => readFileSync(path, 'utf8'))

it('every queue has workers, and a scaler that counts it', () => {
  expect(manifests.length).toBeGreaterThan(5)
  expect(queueFaults(manifests)).toEqual([])
})

it('sees a queue that nobody serves, and one that nothing scales', () => {
  const unserved = manifests.map((text) => text.replace("'backup'", "'backups'"))
  expect(queueFaults(unserved)).toContain('nobody serves the queue backup')
  const unscaled = manifests.map((text) => text.replace('taskQueue: speech-neural', 'taskQueue: speech-new'))
  expect(queueFaults(unscaled)).toEqual([
    expect.stringMatching(/^worker-\S+ serves the queue speech-neural, and nothing scales it by that$/),
  ])
})
