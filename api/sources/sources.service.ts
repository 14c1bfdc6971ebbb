import { createHash } from 'node:crypto'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { FetchRefused } from '../../shared/safe-fetch/fetch-refused.ts'
import { safeUrl } from '../../shared/safe-fetch/safe-url.ts'
import type { NamedServers } from '../../shared/safe-fetch/safe-url.ts'
import { cleanText, hasSpeech } from '../../shared/text.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox, ReadOrder } from '../outbox.ts'
import { countUnread, findSource, findSources, findUpload, lockPerson, openSource, sourceView } from './sources.repo.ts'
import type { SourceIdentity } from './sources.repo.ts'
import type { ReadableSource, SourceRead } from './sources.schema.ts'

/** So many may wait to be read at a time, for one person. */
const MOST_UNREAD = 40

export interface SourceServiceDeps {
  db: Database
  store: ObjectStore
  outbox: Outbox
  testServers: NamedServers
  /** Whether somebody can write about a topic: a model, or the plain writer about what a search finds. */
  hasTopics: boolean
  /** Whether topics are looked up: then what is found is of its day. */
  hasSearch: boolean
}

/** What is known of a link, file or topic before an order: its words, or `undefined` while nobody has read it. */
export interface KnownSource extends SourceIdentity {
  title: string | null
  words: string | undefined
}

export class SourceService {
  private readonly deps: SourceServiceDeps

  constructor(deps: SourceServiceDeps) {
    this.deps = deps
  }

  /** Has a source read before anything is ordered. Asked twice it is read once; one that failed is tried again. */
  async read(caller: Caller, source: ReadableSource): Promise<SourceRead> {
    const { db, outbox } = this.deps
    const identity = await this.identify(caller, source)
    const { row, outboxId } = await db.$transaction(async (tx) => {
      await lockPerson(tx, caller.userId)
      if ((await countUnread(tx, caller.userId)) >= MOST_UNREAD)
        throw new HttpProblem('too-many-requests', 'Too many sources are being read. Wait for some of them.', {
          retryAfterSeconds: 30,
        })
      const opened = await openSource(tx, caller.userId, identity)
      if (opened.textKey || opened.failureCode) return { row: opened, outboxId: undefined }
      const order: ReadOrder = { sourceId: opened.id, userId: caller.userId }
      return { row: opened, outboxId: await writeOrder(tx, 'read-source', opened.id, order) }
    })
    if (outboxId) outbox.sendSoon(outboxId)
    return sourceView(row)
  }

  async find(caller: Caller, id: string): Promise<SourceRead> {
    const row = await findSource(this.deps.db, caller.userId, id)
    if (!row) throw new HttpProblem('not-found', 'There is no such source among yours.')
    return sourceView(row)
  }

  /**
   * The links, files and topics among these, judged, with their words where they were read; nothing is stored. Throws a problem for what can never be
   * read, and for what could not be the last time.
   */
  async known(caller: Caller, sources: readonly { type: string }[]): Promise<Map<object, KnownSource>> {
    const readable = sources.filter((source): source is ReadableSource => ['url', 'file', 'topic'].includes(source.type))
    if (readable.length === 0) return new Map()
    const identities = await Promise.all(readable.map((source) => this.identify(caller, source)))
    const rows = await findSources(this.deps.db, caller.userId, identities)
    const known = await Promise.all(
      identities.map(async (identity): Promise<KnownSource> => {
        const row = rows.find(({ kind, inputHash }) => kind === identity.kind && inputHash === identity.inputHash)
        if (row?.failureCode && !row.textKey)
          throw new HttpProblem(
            'source-unreadable',
            `${identity.input.slice(0, 100)}: ${row.failureDetail} Nothing was stored or charged. POST /api/sources tries it again.`,
            { errors: [{ path: 'sources', message: row.failureCode }] },
          )
        const words = row?.textKey ? new TextDecoder().decode(await this.deps.store.get(row.textKey)) : undefined
        return { ...identity, title: row?.title ?? null, words }
      }),
    )
    return new Map(readable.map((source, index) => [source, known[index]!]))
  }

  private async identify(caller: Caller, source: ReadableSource): Promise<SourceIdentity> {
    if (source.type === 'url') return this.link(source.url)
    return source.type === 'file' ? this.file(caller, source.uploadId) : this.topic(source.topic)
  }

  private link(raw: string): SourceIdentity {
    try {
      const { href } = safeUrl(raw, this.deps.testServers)
      // A page may say something else tomorrow.
      return { kind: 'url', input: href, inputHash: digest(`${href}\n${today()}`) }
    } catch (error) {
      if (!(error instanceof FetchRefused)) throw error
      throw new HttpProblem('url-refused', `${error.message} Nothing was stored or charged.`, {
        errors: [{ path: 'url', message: error.code }],
      })
    }
  }

  private async file({ userId }: Caller, uploadId: string): Promise<SourceIdentity> {
    const upload = await findUpload(this.deps.db, userId, uploadId)
    if (!upload) throw new HttpProblem('upload-missing', 'There is no such upload among yours. Nothing was stored or charged.')
    // Read already: its words are there, its bytes are not any more.
    if (upload.objectKey && (await this.deps.store.size(upload.objectKey)) !== upload.bytes)
      throw new HttpProblem('upload-missing', 'The file has not arrived whole. Send it to the address of its upload first.')
    return { kind: 'file', input: upload.name, inputHash: digest(`upload ${upload.id}`), uploadId: upload.id }
  }

  private topic(raw: string): SourceIdentity {
    const input = cleanText(raw)
    if (!hasSpeech(input))
      throw new HttpProblem('nothing-to-say', 'There is no word in it that a voice could say. Nothing was stored or charged.')
    if (!this.deps.hasTopics)
      throw new HttpProblem(
        'source-kind-unavailable',
        'Nobody here can write about a topic: that needs a language model or a search. Give a text, a link or a file; nothing was stored or charged.',
      )
    return { kind: 'topic', input, inputHash: digest(this.deps.hasSearch ? `${input}\n${today()}` : input) }
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const today = () => new Date().toISOString().slice(0, 10)
