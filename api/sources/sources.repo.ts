import type { Database, Reader, Transaction } from '../../prisma/client.ts'
import type { PersonId } from '../http/authorized.ts'
import type { SourceRead } from './sources.schema.ts'

/** A source by what makes it the same one: given twice by a person, it is stored once. */
export interface SourceIdentity {
  kind: 'url' | 'file' | 'topic'
  input: string
  inputHash: string
  uploadId?: string
}

const shown = {
  id: true,
  kind: true,
  input: true,
  inputHash: true,
  title: true,
  textKey: true,
  format: true,
  language: true,
  characters: true,
  firstWords: true,
  leftOut: true,
  failureCode: true,
  failureDetail: true,
} as const

export const findSource = (db: Reader, userId: PersonId, id: string) =>
  db.source.findFirst({ where: { id, userId }, select: shown })
export type SourceRow = NonNullable<Awaited<ReturnType<typeof findSource>>>

export const findSources = (db: Reader, userId: PersonId, sources: readonly SourceIdentity[]) =>
  db.source.findMany({
    where: { userId, OR: sources.map(({ kind, inputHash }) => ({ kind, inputHash })) },
    select: shown,
  })

/** The source as it stands, stored when it was not. One that failed is open again, but for a file that could not be read: that is gone. */
export async function openSource(tx: Transaction, userId: PersonId, source: SourceIdentity): Promise<SourceRow> {
  const { kind, inputHash, input, uploadId } = source
  await tx.source.createMany({
    data: [{ userId, kind, inputHash, input, uploadId: uploadId ?? null }],
    skipDuplicates: true,
  })
  await tx.source.updateMany({
    where: { userId, kind, inputHash, OR: [{ uploadId: null }, { upload: { objectKey: { not: null } } }] },
    data: { failureCode: null, failureDetail: null },
  })
  return tx.source.findFirstOrThrow({ where: { userId, kind, inputHash }, select: shown })
}

/** How many of a person's sources wait to be read; those of yesterday wait for nobody. */
export const countUnread = (tx: Transaction, userId: PersonId) =>
  tx.source.count({
    where: {
      userId,
      kind: { in: ['url', 'file', 'topic'] },
      textKey: null,
      failureCode: null,
      createdAt: { gt: new Date(Date.now() - 600_000) },
    },
  })

export const findUpload = (db: Database, userId: PersonId, id: string) => db.upload.findFirst({ where: { id, userId } })

/** What a person has announced within a day and what has not been read since. */
export const openUploads = (tx: Transaction, userId: PersonId) =>
  tx.upload.aggregate({
    where: { userId, objectKey: { not: null }, createdAt: { gt: new Date(Date.now() - 86_400_000) } },
    _count: true,
    _sum: { bytes: true },
  })

/** One person's requests take turns until the transaction ends, so that what is counted is still true when it is written. */
export const lockPerson = (tx: Transaction, userId: PersonId) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sources ${userId}`}, 0))`

export const sourceView = (row: SourceRow): SourceRead => ({
  id: row.id,
  type: row.kind,
  status: row.textKey ? 'read' : row.failureCode ? 'failed' : 'reading',
  input: row.input.slice(0, 200),
  title: row.title,
  format: row.format,
  language: row.language,
  characters: row.characters,
  firstWords: row.firstWords ?? (row.kind === 'text' || row.kind === 'script' ? row.input.slice(0, 200) : ''),
  leftOut: row.leftOut as { what: string; count: number }[],
  failure: row.failureCode === null ? null : { code: row.failureCode, detail: row.failureDetail ?? '' },
})
