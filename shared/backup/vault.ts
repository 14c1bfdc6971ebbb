import { createHash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import type { Readable } from 'node:stream'
import type { ObjectStore } from '../object-store.ts'
import { giveBack } from '../written-to.ts'
import { DigestStream } from './digest-stream.ts'
import { ManifestRefused, openManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { unsealed } from './seal.ts'
import type { Seal } from './seal.ts'

/** Where things are in the bucket of backups. A backup is one because its manifest lies under `verified/`; all else is on its way, or left over. */
export const places = {
  incoming: (backupId: string, attempt = '') => `incoming/${backupId}/${attempt}`,
  folder: (backupId: string) => `verified/${backupId}/`,
  dump: (backupId: string) => `verified/${backupId}/database.dump`,
  inventory: (backupId: string) => `verified/${backupId}/objects.jsonl.gz`,
  manifest: (backupId: string) => `verified/${backupId}/manifest.json`,
  /** The subject's id may hold anything: its digest names the object. */
  tombstone: (kind: string, subjectId: string) =>
    `tombstones/${kind}/${createHash('sha256').update(subjectId).digest('hex')}.json`,
}

/** A dump in the bucket: what it must be, and where it is. */
export interface StoredDump {
  object: string
  bytes: number
  sha256: string
  encrypted: boolean
}

/** The object is not what it was when it was stored: a byte is changed, or some are missing. */
export class DumpDamaged extends Error {}

/** Every backup under `verified/`, the newest first; one whose manifest cannot be trusted is answered with why. */
export async function listBackups(
  store: ObjectStore,
  keys: readonly KeyObject[],
): Promise<{ id: string; manifest?: Manifest; refused?: string }[]> {
  const found: { id: string; manifest?: Manifest; refused?: string }[] = []
  for await (const key of store.keys('verified/')) {
    const id = /^verified\/([\w-]+)\/manifest\.json$/.exec(key)?.[1]
    if (!id) continue
    try {
      found.push({ id, manifest: await readManifest(store, keys, id) })
    } catch (error) {
      if (!(error instanceof ManifestRefused)) throw error
      found.push({ id, refused: error.message })
    }
  }
  return found.toSorted((a, b) => (b.manifest?.takenAt ?? '').localeCompare(a.manifest?.takenAt ?? ''))
}

/** The signed manifest of a backup, checked; it names a dump in its own folder only. */
export async function readManifest(store: ObjectStore, keys: readonly KeyObject[], id: string): Promise<Manifest> {
  const manifest = openManifest(await store.get(places.manifest(id)), keys, id)
  if (manifest.dump.object !== places.dump(id)) throw new ManifestRefused('it names a dump elsewhere')
  return manifest
}

/**
 * The dump as `pg_restore` reads it, decrypted when need be. The stream breaks off with `DumpDamaged` when what was stored is not what was said:
 * that is known at its end only, so nothing of it may be believed before.
 */
export async function openDump(
  store: ObjectStore,
  dump: StoredDump,
  seal: Seal | undefined,
  signal?: AbortSignal,
): Promise<Readable> {
  const stored = await store.size(dump.object)
  if (stored !== dump.bytes) throw new DumpDamaged(`${dump.object} has ${stored ?? 'no'} bytes instead of ${dump.bytes}`)
  const checked = new PassThrough()
  const digest = new DigestStream()
  void pipeline(
    await store.getStream(dump.object, signal),
    digest,
    async function* (source) {
      for await (const chunk of source) yield chunk
      if (digest.bytes !== dump.bytes || digest.digest().sha256 !== dump.sha256)
        throw new DumpDamaged(`${dump.object} is not what was stored: its digest is another one`)
    },
    checked,
  ).catch((error: Error) => checked.destroy(error))
  if (!dump.encrypted) return checked
  if (!seal) throw new Error('the backup is encrypted and there is no identity to read it')
  return unsealed(checked, seal)
}

/** Reads a dump to its end and throws `DumpDamaged` when a byte of it is another one. */
export async function checkDump(store: ObjectStore, dump: StoredDump, signal?: AbortSignal): Promise<void> {
  const stream = await openDump(store, { ...dump, encrypted: false }, undefined, signal)
  for await (const chunk of stream) giveBack(chunk)
}
