import { Prisma } from '../../prisma/client.ts'
import type { Reader } from '../../prisma/client.ts'

export interface FoundRow {
  /** Of the line, or of the episode where its title or notes were found. */
  id: string
  episodeId: string
  versionId: string | null
  title: string
  notes: string | null
  language: string
  position: number | null
  speaker: string | null
  text: string | null
  score: number
  createdAt: Date
}

/** Where a list of hits goes on: the best first, among equals the newest. */
export interface Place {
  score: number
  createdAt: Date
  id: string
}

/** What this person's words carry in the index, and the stems of some words. */
export async function vocabulary(db: Reader, userId: string, words: string[]): Promise<{ owner: string; stems: string[] }> {
  const [row] = await db.$queryRaw<{ owner: string; stems: string[] }[]>`
    SELECT search_owner(${userId}) AS owner,
      ARRAY(SELECT search_stem(word) FROM unnest(${words}::text[]) WITH ORDINALITY AS w(word, n) ORDER BY n) AS stems`
  return row!
}

/** A title weighs more than notes, and those more than a line; a short text more than a long one. */
const rank = (column: string) => Prisma.raw(`ts_rank('{0.1, 0.4, 0.7, 1}', ${column}, question.q, 1)::float8`)

/** What a person's episodes say, the best hit first. Of scripts only the current ones are asked. */
export const found = (db: Reader, userId: string, query: string, after: Place | undefined, limit: number): Promise<FoundRow[]> =>
  db.$queryRaw<FoundRow[]>`
    WITH question AS (SELECT ${query}::tsquery AS q), hits AS (
      SELECT e.id, e.id AS "episodeId", NULL::uuid AS "versionId", e.title, e.notes, e.language,
        NULL::int AS position, NULL::text AS speaker, NULL::text AS text, ${rank('e.search')} AS score, e.created_at AS "createdAt"
      FROM question, episodes e
      WHERE e.search @@ question.q AND e.user_id = ${userId} AND e.deleted_at IS NULL
      UNION ALL
      SELECT l.id, e.id, v.id, e.title, NULL, e.language, l.position, l.speaker, l.text, ${rank('l.search')}, e.created_at
      FROM question, lines l JOIN versions v ON v.id = l.version_id JOIN episodes e ON e.id = v.episode_id AND e.current_version = v.number
      WHERE l.search @@ question.q AND l.status <> 'skipped' AND e.user_id = ${userId} AND e.deleted_at IS NULL
    )
    SELECT * FROM hits
    WHERE ${after ? Prisma.sql`(score, "createdAt", id) < (${after.score}::float8, ${after.createdAt}, ${after.id}::uuid)` : Prisma.sql`true`}
    ORDER BY score DESC, "createdAt" DESC, id DESC LIMIT ${limit}`
