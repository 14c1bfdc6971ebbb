import { Readable } from 'node:stream'

/** Encryption by age: to whom, and, to read it again, as whom. */
export interface Seal {
  recipients: readonly string[]
  identities: readonly string[]
}

const web = (stream: Readable) => Readable.toWeb(stream) as globalThis.ReadableStream<Uint8Array>
const back = (stream: globalThis.ReadableStream<Uint8Array>) => Readable.fromWeb(stream)

/** Encrypts a stream; memory does not grow with it. Loaded late: who does not encrypt does not need it. */
export async function sealed(stream: Readable, { recipients }: Seal): Promise<Readable> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return back(await encrypter.encrypt(web(stream)))
}

/** Decrypts a stream; one that was changed or cut short breaks off with an error. */
export async function unsealed(stream: Readable, { identities }: Seal): Promise<Readable> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  return back(await decrypter.decrypt(web(stream)))
}

/** Throws unless something sealed can be opened again: a backup nobody can read is none. */
export async function proveSeal(seal: Seal): Promise<void> {
  if (seal.recipients.length === 0) throw new Error('there is nobody to encrypt for')
  if (seal.identities.length === 0) throw new Error('there is no identity to read it again for the drill')
  const words = 'can this be read again?'
  const chunks: Buffer[] = []
  for await (const chunk of await unsealed(await sealed(Readable.from([Buffer.from(words)]), seal), seal))
    chunks.push(Buffer.from(chunk as Uint8Array))
  if (Buffer.concat(chunks).toString() !== words) throw new Error('what was encrypted came back changed')
}
