import { z } from 'zod'
import type { Reader } from '../../prisma/client.ts'
import { timedLines } from '../episodes/line-times.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import type { Caller } from '../http/route.ts'
import { found, versionOf, vocabulary } from './search.repo.ts'
import type { FoundRow } from './search.repo.ts'
import type { Hit } from './search.schema.ts'
import { excerptOf, matchesIn, termsOf, tsQuery } from './search-terms.ts'
import type { Term } from './search-terms.ts'

const placeSchema = z.strictObject({ score: z.number(), createdAt: z.coerce.date(), id: z.uuid() })

interface Question {
  q: string
  cursor?: string | undefined
  limit: number
}

/**
 * Looks through titles, notes and current scripts of the caller's episodes. Every hit says where it stands and, once there is sound, the moment
 * it is heard at. A question without a word or character finds nothing.
 */
export async function search(db: Reader, { userId }: Caller, { q, cursor, limit }: Question) {
  const after = cursor === undefined ? undefined : readCursor(cursor, placeSchema)
  const terms = termsOf(q)
  if (terms.length === 0) return { items: [], nextCursor: null }
  const words = terms.filter(({ isWord }) => isWord).map(({ text }) => text)
  const { owner, stems } = await vocabulary(db, userId, words)
  const rows = await found(db, userId, tsQuery(terms, owner, stems), after, limit + 1)
  const page = rows.slice(0, limit)
  const startOf = await startsOf(db, page)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => hitOf(row, terms, stems, startOf.get(row.id) ?? null)),
    nextCursor: last ? writeCursor({ score: last.score, createdAt: last.createdAt, id: last.id }) : null,
  }
}

/** When each line that was found is heard; a version's timeline is laid out once, however many of its lines were. */
async function startsOf(db: Reader, rows: FoundRow[]): Promise<Map<string, number | null>> {
  const versions = new Map(rows.map((row) => [row.versionId, versionOf(row)]))
  const timed = await Promise.all([...versions.values()].flatMap((version) => (version ? [timedLines(db, version)] : [])))
  return new Map(timed.flat().map(({ id, startMs }) => [id, startMs]))
}

function hitOf(row: FoundRow, terms: Term[], stems: string[], startMs: number | null): Hit {
  const about = { episodeId: row.episodeId, title: row.title, language: row.language as Hit['language'] }
  if (row.text !== null) {
    const line = { id: row.id, position: row.position!, speaker: row.speaker!, startMs }
    return { ...about, kind: 'line', excerpt: excerptOf(row.text, terms, stems), line }
  }
  const isTitle = matchesIn(row.title, terms, stems).length > 0
  const excerpt = excerptOf(isTitle ? row.title : (row.notes ?? ''), terms, stems)
  return { ...about, kind: isTitle ? 'title' : 'notes', excerpt, line: null }
}
