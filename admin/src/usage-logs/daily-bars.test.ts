import { expect, it } from 'vitest'
import { barsOf, daysBack } from './daily-bars.ts'

const part = (provider: string, step: string, costMicroUsd: number) => ({ provider, step, calls: 1, costMicroUsd })
const item = (key: string, parts: ReturnType<typeof part>[]) => ({
  key,
  name: null,
  calls: parts.length,
  unknownCalls: 0,
  costMicroUsd: 0,
  parts,
})

it('has a bar for every day, the empty ones too, its parts on one another', () => {
  const items = [
    item('2026-03-02', [
      part('openai', 'speech', 5),
      part('elevenlabs', 'speech', 7),
      part('openai', 'script', 1),
      part('local', 'speech', 0),
    ]),
  ]
  const { bars, providers, highest } = barsOf({ to: '2026-03-03', items }, 3)
  expect(bars.map(({ day, costMicroUsd }) => [day, costMicroUsd])).toEqual([
    ['2026-03-01', 0],
    ['2026-03-02', 13],
    ['2026-03-03', 0],
  ])
  expect(bars[1]!.parts).toEqual([
    { provider: 'elevenlabs', below: 0, costMicroUsd: 7 },
    { provider: 'openai', below: 7, costMicroUsd: 6 },
  ])
  expect(providers).toEqual(['elevenlabs', 'openai'])
  expect(highest).toBe(13)
})

it('counts days in UTC, over the end of a month', () => {
  expect(daysBack(30, new Date('2026-03-01T00:00:01Z'))).toEqual({ from: '2026-01-31', to: '2026-03-01' })
})
