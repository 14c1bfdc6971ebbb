import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { queueFaults } from './queues.ts'

const manifests = globSync('deploy/kubernetes/*.yaml').map((path) => readFileSync(path, 'utf8'))

it('every queue has workers, and a scaler that counts it', () => {
  expect(manifests.length).toBeGreaterThan(5)
  expect(queueFaults(manifests)).toEqual([])
})

it('sees a queue that nobody serves, and one that nothing scales', () => {
  const unserved = manifests.map((text) => text.replace("'episodes,webhooks'", "'episodes'"))
  expect(queueFaults(unserved)).toEqual(['nobody serves the queue webhooks'])
  const unscaled = manifests.map((text) => text.replace('taskQueue: webhooks', 'taskQueue: hooks'))
  expect(queueFaults(unscaled)).toEqual(['worker-episodes serves the queue webhooks, and nothing scales it by that'])
})
