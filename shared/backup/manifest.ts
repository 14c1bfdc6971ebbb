import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'

const figuresSchema = z.object({
  tables: z.record(z.string(), z.object({ rows: z.number(), checksum: z.string() })),
  sequences: z.record(z.string(), z.number()),
  sequencesAfter: z.record(z.string(), z.number()),
  schema: z.record(z.string(), z.array(z.string())),
})

/** What a backup is: enough to restore it and to know that nothing of it was changed. Only a backup that was restored once has one. */
export const manifestSchema = z.object({
  format: z.literal(1),
  backupId: z.uuid(),
  /** The moment of the database it holds. */
  takenAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime(),
  /** Major version of the server it was taken from and proven on. */
  serverMajor: z.number().int(),
  /** The last migration of the schema. */
  migration: z.string().nullable(),
  dump: z.object({ object: z.string(), bytes: z.number(), sha256: z.string(), plainSha256: z.string(), encrypted: z.boolean() }),
  figures: figuresSchema,
  /** The list of all objects of the bucket of audio at that time. */
  inventory: z.object({ object: z.string(), objects: z.number(), bytes: z.number(), sha256: z.string() }),
  anomalies: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifestSchema>
export type DumpedFigures = z.infer<typeof figuresSchema>

/** The manifest word for word, and who signed it. */
const envelopeSchema = z.object({ manifest: z.string(), keyId: z.string(), signature: z.string() })

/** A manifest that must not be trusted; `message` says why. */
export class ManifestRefused extends Error {}

/** A key for signing, from the base64 of its PKCS#8 form. Throws on anything but Ed25519. */
export function signingKey(base64: string): KeyObject {
  return ed25519(createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' }))
}

/** A key for checking, from the base64 of its SPKI form. */
export function verifyKey(base64: string): KeyObject {
  return ed25519(createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' }))
}

export const publicHalf = (key: KeyObject): KeyObject => createPublicKey(key)

/** A short name of a public key: says which one is needed, without giving it away. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)

/** The file that stands for a verified backup. */
export function signManifest(manifest: Manifest, key: KeyObject): Buffer {
  const text = JSON.stringify(manifestSchema.parse(manifest))
  const signature = sign(null, Buffer.from(text), key).toString('base64')
  return Buffer.from(`${JSON.stringify({ manifest: text, keyId: keyIdOf(publicHalf(key)), signature }, null, 1)}\n`)
}

/** Reads such a file: first the signature, by one of `keys`, then that it belongs to `backupId`; before both nothing of it is believed. */
export function openManifest(file: Uint8Array, keys: readonly KeyObject[], backupId: string): Manifest {
  const envelope = envelopeSchema.safeParse(readJson(Buffer.from(file).toString('utf8')))
  if (!envelope.success) throw new ManifestRefused('it is no manifest')
  const { manifest: text, keyId, signature } = envelope.data
  const key = keys.find((one) => keyIdOf(one) === keyId)
  if (!key) throw new ManifestRefused(`it is signed with the key ${keyId}, which is not known here`)
  if (!verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))) throw new ManifestRefused('its signature is wrong')
  const manifest = manifestSchema.parse(JSON.parse(text))
  if (manifest.backupId !== backupId) throw new ManifestRefused(`it belongs to the backup ${manifest.backupId}`)
  return manifest
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`the key is ${key.asymmetricKeyType}, not ed25519`)
  return key
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
