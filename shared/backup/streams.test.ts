import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { DigestStream } from './digest-stream.ts'
import { PgProgramFailed, feed, majorOf, outputOf } from './pg-programs.ts'
import { proveSeal, sealed, unsealed } from './seal.ts'

const shell = { path: '/bin/sh', env: { PATH: process.env.PATH } }
const script = (text: string) => ({ args: ['-c', text] })
const all = async (stream: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(stream))

it('a digest is that of all bytes, however they come', async () => {
  const bytes = randomBytes(300_001)
  for (const size of [1_000, 65_536, 300_001]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
    const digest = new DigestStream()
    expect(await all(Readable.from(pieces).pipe(digest))).toEqual(bytes)
    expect(digest.digest()).toEqual({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
})

it('the output of a program that fails at its end breaks off, however whole it looks', async () => {
  expect((await all(outputOf(shell, script('head -c 100000 /dev/zero')))).length).toBe(100_000)
  await expect(all(outputOf(shell, script('echo whole; echo no >&2; exit 3')))).rejects.toThrow('ended with 3: no')
  await expect(all(outputOf(shell, script('echo half; kill -9 $$')))).rejects.toThrow(PgProgramFailed)
  await expect(all(outputOf({ ...shell, path: '/nowhere' }, script('')))).rejects.toThrow('cannot be started')
})

it('a program is fed to the end, and one that ends early is told apart from one that fails early', async () => {
  const many = () => Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(65_536)))
  expect((await feed(shell, many(), script('wc -c'))).trim()).toBe(String(200 * 65_536))
  const early = many()
  expect(await feed(shell, early, { ...script('head -c 5 >/dev/null; echo enough'), mayStopEarly: true })).toBe('enough\n')
  expect(early.destroyed).toBe(true)
  await expect(feed(shell, many(), script('exit 4'))).rejects.toThrow('ended with 4')
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(10)
      throw new Error('the source broke off')
    })(),
  )
  await expect(feed(shell, broken, script('cat >/dev/null'))).rejects.toThrow('the source broke off')
})

it('a stop kills the program and is told as what it is', async () => {
  const stop = new AbortController()
  const output = all(outputOf(shell, { ...script('exec sleep 60'), signal: stop.signal }))
  setTimeout(() => stop.abort(new Error('stopped')), 50)
  await expect(output).rejects.toThrow('stopped')
})

it('a version is the first number', async () => {
  await expect(majorOf({ path: '/bin/true', env: {} })).rejects.toThrow('does not say which version')
})

it('what is encrypted can be read again; cut or changed it breaks off; without somebody to read it it is refused', async () => {
  const { generateIdentity, identityToRecipient } = await import('age-encryption')
  const identity = await generateIdentity()
  const seal = { recipients: [await identityToRecipient(identity)], identities: [identity] }
  const bytes = randomBytes(200_000)
  const secret = await all(await sealed(Readable.from([bytes]), seal))
  expect(secret.includes(bytes.subarray(0, 64))).toBe(false)
  expect(await all(await unsealed(Readable.from([secret]), seal))).toEqual(bytes)
  await expect(all(await unsealed(Readable.from([secret.subarray(0, -20)]), seal))).rejects.toThrow()
  secret[secret.length - 1000]! ^= 1
  await expect(all(await unsealed(Readable.from([secret]), seal))).rejects.toThrow()
  await expect(proveSeal({ ...seal, recipients: [] })).rejects.toThrow('nobody to encrypt for')
  await expect(proveSeal({ ...seal, identities: [] })).rejects.toThrow('no identity')
  await expect(proveSeal({ ...seal, identities: [await generateIdentity()] })).rejects.toThrow()
})
