import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { keyIdOf, openManifest, publicHalf, signManifest, signingKey, verifyKey } from './manifest.ts'
import type { Manifest } from './manifest.ts'

const pair = () => generateKeyPairSync('ed25519')
const [ours, strange] = [pair(), pair()]

const manifestOf = (backupId: string): Manifest => ({
  format: 1,
  backupId,
  takenAt: '2026-11-28T03:07:00.000Z',
  verifiedAt: '2026-11-28T03:08:00.000Z',
  serverMajor: 17,
  migration: '0020_backups',
  dump: { object: `verified/${backupId}/database.dump`, bytes: 10, sha256: 'a', plainSha256: 'a', encrypted: false },
  figures: { tables: { 'public.users': { rows: 3, checksum: '12' } }, sequences: {}, sequencesAfter: {}, schema: {} },
  inventory: { object: 'o', objects: 1, bytes: 2, sha256: 'b' },
  anomalies: [],
})

it('what was signed is read again, also by one of several keys', () => {
  const id = randomUUID()
  const file = signManifest(manifestOf(id), ours.privateKey)
  expect(openManifest(file, [strange.publicKey, ours.publicKey], id)).toEqual(manifestOf(id))
})

it('a strange key, a changed word, another backup and rubbish are refused', () => {
  const id = randomUUID()
  const file = signManifest(manifestOf(id), ours.privateKey)
  const text = file.toString()
  const keys = [ours.publicKey]
  expect(() => openManifest(file, [strange.publicKey], id)).toThrow('not known here')
  expect(() => openManifest(Buffer.from(text.replace('0020', '0021')), keys, id)).toThrow('its signature is wrong')
  expect(() => openManifest(file, keys, randomUUID())).toThrow('it belongs to the backup')
  // Signed by somebody else, who says that it was us.
  const forged = signManifest(manifestOf(id), strange.privateKey)
    .toString()
    .replace(keyIdOf(strange.publicKey), keyIdOf(ours.publicKey))
  expect(() => openManifest(Buffer.from(forged), keys, id)).toThrow('its signature is wrong')
  for (const rubbish of ['', '{}', 'null', text.slice(0, 100)])
    expect(() => openManifest(Buffer.from(rubbish), keys, id)).toThrow('it is no manifest')
})

it('keys come as base64, and only as Ed25519', () => {
  const base64 = ours.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  const publicBase64 = ours.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  expect(keyIdOf(publicHalf(signingKey(base64)))).toBe(keyIdOf(verifyKey(publicBase64)))
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64')
  expect(() => signingKey(other)).toThrow('not ed25519')
  expect(() => signingKey('nonsense')).toThrow()
})
