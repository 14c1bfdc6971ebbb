import { beforeEach, expect, it, vi } from 'vitest'
import { forgetHeard, heardOn, keepHeard, placeToGoOn, takeHeard } from './heard.ts'

const told: { url: string; body: unknown }[] = []
const kept = new Map<string, string>()

beforeEach(() => {
  told.length = 0
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  vi.stubGlobal('fetch', (url: string, { body }: { body: string }) => {
    told.push({ url, body: JSON.parse(body) })
    return Promise.resolve(new Response(null, { status: 204 }))
  })
})

it('keeps the place on this device and tells the house', () => {
  keepHeard('a', 61_234.6)
  expect(heardOn('a')).toBe(61_235)
  expect(heardOn('b')).toBe(0)
  expect(told).toEqual([{ url: '/api/episodes/a/listening', body: { positionMs: 61_235, device: 'phone' } }])
})

it('tells the house of no place in what was only begun, and knows it here', () => {
  keepHeard('a', 4_999)
  expect(heardOn('a')).toBe(4_999)
  expect(told).toEqual([{ url: '/api/episodes/a/listening', body: { positionMs: 0, device: 'phone' } }])
})

it('goes on from what was told last, on whichever device', () => {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString()
  expect(takeHeard('a', null)).toBe(0)
  keepHeard('a', 5000)
  expect(takeHeard('a', { positionMs: 9000, updatedAt: at(-60_000) })).toBe(5000)
  const newer = { positionMs: 9000, updatedAt: at(60_000) }
  expect(placeToGoOn('a', newer)).toBe(9000)
  expect(heardOn('a')).toBe(5000)
  expect(takeHeard('a', newer)).toBe(9000)
  expect(heardOn('a')).toBe(9000)
  forgetHeard()
  expect(heardOn('a')).toBe(0)
})

it('keeps the newest two hundred, and lives with storage that is forbidden or broken', () => {
  for (let episode = 0; episode < 230; episode += 1) keepHeard(`e${episode}`, 1000)
  expect(Object.keys(JSON.parse(kept.get('aimake.heard') ?? '{}') as object)).toHaveLength(200)
  kept.set('aimake.heard', 'not JSON')
  expect(heardOn('e1')).toBe(0)
  vi.stubGlobal('localStorage', undefined)
  expect(() => keepHeard('a', 1)).not.toThrow()
  expect(heardOn('a')).toBe(0)
})
