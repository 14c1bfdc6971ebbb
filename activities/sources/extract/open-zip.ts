import { fromBuffer } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { SourceUnreadable } from './extracted.ts'

/** A book of a thousand chapters with a thousand pictures has some two thousand. */
const MAX_ENTRIES = 10_000
/** All that is unpacked of one file, in bytes: a long book's words are a few MB. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024

const bomb = () => new SourceUnreadable('file-bomb', 'The file unpacks to far more than a document has.')
const damaged = (cause?: unknown) => new SourceUnreadable('file-damaged', 'The file is damaged or not whole.', cause)

/** A zip archive whose parts are unpacked one by one, bounded all together whatever they say of their own size. */
export class Zip {
  private readonly file: ZipFile
  private readonly entries: Map<string, Entry>
  private unpacked = 0

  private constructor(file: ZipFile, entries: Map<string, Entry>) {
    this.file = file
    this.entries = entries
  }

  /** Throws SourceUnreadable when it is damaged, encrypted or has too many parts. */
  static async open(bytes: Uint8Array): Promise<Zip> {
    const file = await new Promise<ZipFile>((resolve, reject) => {
      const options = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }
      fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), options, (error, opened) =>
        error ? reject(damaged(error)) : resolve(opened),
      )
    })
    return new Zip(file, await entriesOf(file))
  }

  get names(): ReadonlySet<string> {
    return new Set(this.entries.keys())
  }

  /** One part, unpacked; `undefined` when there is none of this name. */
  async read(name: string): Promise<Uint8Array | undefined> {
    const entry = this.entries.get(name)
    if (!entry) return undefined
    if (entry.isEncrypted()) throw new SourceUnreadable('file-encrypted', 'The file is protected by a password.')
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      this.file.openReadStream(entry, (error, opened) => (error ? reject(damaged(error)) : resolve(opened))),
    )
    const chunks: Uint8Array[] = []
    try {
      for await (const chunk of stream) {
        const part = chunk as unknown as Uint8Array
        this.unpacked += part.length
        if (this.unpacked > MAX_UNPACKED_BYTES) throw bomb()
        chunks.push(part)
      }
    } catch (error) {
      if (error instanceof SourceUnreadable) throw error
      // More came out than the entry says of itself: only a bomb lies about that.
      throw /too many bytes/.test(String(error)) ? bomb() : damaged(error)
    }
    return Buffer.concat(chunks)
  }

  /** A part that is XML. One that declares entities is refused: no document of these kinds needs them. */
  async readXml(name: string): Promise<string | undefined> {
    const bytes = await this.read(name)
    if (!bytes) return undefined
    const text = new TextDecoder(
      bytes[0] === 0xff || bytes[1] === 0 ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8',
    ).decode(bytes)
    if (/<!ENTITY\b/i.test(text))
      throw new SourceUnreadable(
        'file-entities',
        'The file declares XML entities, which no document of this kind needs. It was not read.',
      )
    return text
  }
}

export const zipNames = async (bytes: Uint8Array) => (await Zip.open(bytes)).names

async function entriesOf(file: ZipFile): Promise<Map<string, Entry>> {
  if (file.entryCount > MAX_ENTRIES) throw bomb()
  const entries = new Map<string, Entry>()
  await new Promise<void>((resolve, reject) => {
    file.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry)
      file.readEntry()
    })
    file.on('end', resolve)
    file.on('error', (error: Error) => reject(damaged(error)))
    file.readEntry()
  })
  return entries
}
