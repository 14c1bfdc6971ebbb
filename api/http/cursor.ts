import { z } from 'zod'
import { wholeNumber } from './whole-number.ts'
import { HttpProblem } from './problem.ts'

/** A place in a list whose newest row comes first. */
const newestFirst = z.strictObject({ createdAt: z.coerce.date(), id: z.uuid() })

/** Where a list that is newest first goes on: behind this row. */
export interface After {
  createdAt: Date
  id: string
}

/** A place in a list as a caller carries it: what it holds is nobody's business but ours. */
export const writeCursor = (place: object): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place a caller came back with. Throws `invalid-request` for one that was made up. */
export function readCursor<S extends z.ZodType>(cursor: string, shape: S): z.output<S> {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw new HttpProblem('invalid-request', 'cursor: use the nextCursor of the page before.')
  }
}

/** Rows behind a cursor, newest first, as a condition of a query; none for the first page. */
export function behind(cursor: string | undefined) {
  if (cursor === undefined) return {}
  const { createdAt, id } = readCursor(cursor, newestFirst)
  // The bound is said by itself too: an index begins at it, and cannot begin at an alternative.
  return { createdAt: { lte: createdAt }, OR: [{ createdAt: { lt: createdAt } }, { id: { lt: id } }] }
}

/** A page of `limit` out of `limit + 1` rows, and the cursor of the next where there is one. */
export function pageOf<T extends After>(rows: T[], limit: number): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { page, nextCursor: last ? writeCursor({ createdAt: last.createdAt, id: last.id }) : null }
}

export const pageQuerySchema = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: wholeNumber(1, 100).default(20),
})
