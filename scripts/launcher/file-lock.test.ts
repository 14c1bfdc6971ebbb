import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { LockHeld, takeLock } from './file-lock.ts'
import { identify } from './process-identity.ts'

const home = mkdtempSync(join(tmpdir(), 'aimake-lock-'))
afterAll(() => rmSync(home, { recursive: true }))

let made = 0
const lockPath = () => join(home, `lock-${(made += 1)}`)

test('a held lock names its holder and can be taken again once released', () => {
  const path = lockPath()
  const release = takeLock(path)
  expect(() => takeLock(path)).toThrow(LockHeld)
  release()
  takeLock(path)()
})

test('a lock is taken over when its holder died, though its number lives on in another process', () => {
  const path = lockPath()
  writeFileSync(path, JSON.stringify({ ...identify(process.pid), startedAt: 'long ago' }))
  takeLock(path)()
})

test('a lock that was only half written is taken over', () => {
  const path = lockPath()
  writeFileSync(path, '{"pid":')
  takeLock(path)()
})
