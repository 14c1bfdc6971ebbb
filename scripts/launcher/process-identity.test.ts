import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { identify, startTicks, stillLives } from './process-identity.ts'

const fields = ['S', ...Array.from({ length: 18 }, (_, i) => String(i)), '4711', '0']

test('reads the start time behind a name that itself holds brackets and spaces', () => {
  expect(startTicks(`12 (my) (odd name) ${fields.join(' ')}`)).toBe('4711')
})

test('a process that only waits to be reaped is gone', () => {
  expect(startTicks(`12 (node) ${['Z', ...fields.slice(1)].join(' ')}`)).toBeUndefined()
})

test('a living process is recognised, and not once it has ended or its number means another one', async () => {
  const child = spawn('sleep', ['30'])
  const identity = identify(child.pid!)!
  expect(stillLives(identity)).toBe(true)
  expect(stillLives({ ...identity, startedAt: `${identity.startedAt}0` })).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(stillLives(identity)).toBe(false)
})
