import { z } from 'zod'
import { HttpProblem } from '../http/problem.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { listOrders } from './episodes.repo.ts'
import type { EpisodeRow, ListFilter, ListOrder } from './episodes.repo.ts'

const placeSchema = z.strictObject({
  order: z.string(),
  at: z.string().refine((at) => at.isWellFormed() && !at.includes('\0')),
  id: z.uuid(),
})

/** The place behind a row, in a list of this order. */
export const writePlace = (row: EpisodeRow, order: ListOrder): string =>
  writeCursor({ order, at: row[listOrders[order].by], id: row.id })

/** Throws `invalid-request` for a place that was made up, or that is one of another order. */
export function readPlace(cursor: string, order: ListOrder): NonNullable<ListFilter['after']> {
  const { order: wasOrder, at, id } = readCursor(cursor, placeSchema)
  const moment = new Date(at)
  const isMoment = listOrders[order].by !== 'title'
  if (wasOrder !== order || (isMoment && Number.isNaN(moment.getTime())))
    throw new HttpProblem('invalid-request', 'cursor: use the nextCursor of the page before, with the same sort.')
  return { at: isMoment ? moment : at, id }
}
