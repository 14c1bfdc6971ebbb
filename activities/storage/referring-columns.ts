import { Prisma } from '../../prisma/client.ts'

/** Every column that refers to an object: what none of them names is an orphan. A test holds this list against the schema. */
export const referringColumns = [
  'segments.mp3_key',
  'segments.flac_key',
  'renders.mp3_key',
  'renders.m4a_key',
  'renders.transcript_key',
  'renders.srt_key',
  'renders.chapters_key',
  'renders.cover_key',
  'shows.cover_key',
  'sources.text_key',
  'uploads.object_key',
  'voice_samples.mp3_key',
  'usage_logs.answer_key',
] as const

/**
 * A kept answer is a thing to fall back on until its call has failed, one of a script until its version is over. What of it is missing is bought
 * again, and nobody misses it.
 */
const ANSWERS = 'usage_logs.answer_key'
/** A file that was announced may never come; one that came is nobody's once its row is gone. */
const UPLOADS = 'uploads.object_key'
const stillKept = Prisma.raw(`status <> 'failed' AND NOT (step = 'script' AND version_id IN (
  SELECT v.id FROM versions v JOIN episodes e ON e.id = v.episode_id WHERE e.status IN ('ready', 'cancelled', 'failed')))`)

const conditions: Partial<Record<(typeof referringColumns)[number], Prisma.Sql>> = {
  [ANSWERS]: stillKept,
}

interface Reference {
  column: Prisma.Sql
  table: Prisma.Sql
  holds: Prisma.Sql
}

function referenceOf(name: (typeof referringColumns)[number]): Reference {
  const [table, column] = name.split('.') as [string, string]
  return { table: Prisma.raw(table), column: Prisma.raw(column), holds: conditions[name] ?? Prisma.sql`true` }
}

const union = (names: readonly (typeof referringColumns)[number][]) =>
  Prisma.join(
    names
      .map(referenceOf)
      .map(
        ({ table, column, holds }) => Prisma.sql`SELECT ${column} AS key FROM ${table} WHERE ${column} IS NOT NULL AND ${holds}`,
      ),
    ' UNION ',
  )

/** Every key that is in use, as a query. */
export const usedKeys = union(referringColumns)

/** Every key whose object somebody will ask for, as a query. */
export const neededKeys = union(referringColumns.filter((name) => name !== ANSWERS && name !== UPLOADS))

/** Whether this key is in use, as a condition. */
export const isUsed = (key: string): Prisma.Sql =>
  Prisma.join(
    referringColumns
      .map(referenceOf)
      .map(({ table, column, holds }) => Prisma.sql`EXISTS (SELECT 1 FROM ${table} WHERE ${column} = ${key} AND ${holds})`),
    ' OR ',
  )
