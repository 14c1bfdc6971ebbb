import { Prisma } from '../../prisma/client.ts'
import type { VersionRef } from '../episodes/episodes.repo.ts'
import { allOwn, within } from '../http/authorized.ts'
import type { Authorized, PersonId } from '../http/authorized.ts'
import type { Reader } from '../../prisma/client.ts'

interface Found {
  userId: string
  /** Of the line, or of the episode where its title or notes were found. */
  id: string
  episodeId: string
  versionId: string | null
  versionNumber: number | null
  title: string
  notes: string | null
  language: string
  position: number | null
  speaker: string | null
  text: string | null
  score: number
  createdAt: Date
}
export type FoundRow = Authorized<Found>

/** Where a list of hits goes on: the best first, among equals the newest. */
export interface Place {
  score: number
  createdAt: Date
  id: string
}

/** What this person's words carry in the index, and the stems of some words. */
export async function vocabulary(db: Reader, userId: PersonId, words: string[]): Promise<{ owner: string; stems: string[] }> {
  const [row] = await db.$queryRaw<{ owner: string; stems: string[] }[]>`
    SELECT search_owner(${userId}) AS owner,
      ARRAY(SELECT search_stem(word) FROM unnest(${words}::text[]) WITH ORDINALITY AS w(word, n) ORDER BY n) AS stems`
  return row!
}

/** A title weighs more than notes, and those more than a line; a short text more than a long one. */
const rank = (column: string) => Prisma.raw(`ts_rank('{0.1, 0.4, 0.7, 1}', ${column}, question.q, 1)::float8`)

/** What a person's episodes say, the best hit first. Of scripts only the current ones are asked. */
export async function found(
  db: Reader,
  userId: PersonId,
  query: string,
  after: Place | undefined,
  limit: number,
): Promise<FoundRow[]> {
  const rows = await db.$queryRaw<Found[]>`
    WITH question AS (SELECT ${query}::tsquery AS q), hits AS (
      SELECT e.id, e.id AS "episodeId", NULL::uuid AS "versionId", NULL::int AS "versionNumber", e.user_id AS "userId", e.title, e.notes, e.language,
        NULL::int AS position, NULL::text AS speaker, NULL::text AS text, ${rank('e.search')} AS score, e.created_at AS "createdAt"
      FROM question, own_episodes e
      WHERE e.search @@ question.q AND e.user_id = ${userId} AND e.deleted_at IS NULL
      UNION ALL
      SELECT l.id, l.episode_id, l.version_id, l.current_version, l.user_id, l.title, NULL, l.language, l.position, l.speaker, l.text, ${rank('l.search')}, l.created_at
      FROM question, own_lines l
      WHERE l.search @@ question.q AND l.status <> 'skipped' AND l.user_id = ${userId} AND l.deleted_at IS NULL
    )
    SELECT * FROM hits
    WHERE ${after ? Prisma.sql`(score, "createdAt", id) < (${after.score}::float8, ${after.createdAt}, ${after.id}::uuid)` : Prisma.sql`true`}
    ORDER BY score DESC, "createdAt" DESC, id DESC LIMIT ${limit}`
  return allOwn(userId, rows)
}

/** The version a line was found in; none for a title or notes. */
export const versionOf = (row: FoundRow): VersionRef | undefined =>
  row.versionId === null ? undefined : within(row, [{ id: row.versionId, number: row.versionNumber! }])[0]
