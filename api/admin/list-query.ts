import type { z } from 'zod'
import { HttpProblem } from '../http/problem.ts'
import type { adminListQuerySchema } from './admin.schema.ts'

/** What react-admin asks of a list, its filter read already. */
export interface AdminList<F> {
  page: number
  perPage: number
  sort: string
  order: 'ASC' | 'DESC'
  filter: F
}

/** Reads react-admin's `filter` (JSON) and `sort`; an unknown sort falls to the list's own order. */
export function readList<F extends z.ZodType>(
  query: z.output<typeof adminListQuerySchema>,
  filter: F,
  sortable: readonly [string, ...string[]],
): AdminList<z.output<F>> {
  const sort = sortable.includes(query.sort) ? query.sort : sortable[0]
  return { ...query, sort, filter: filter.parse(readJson(query.filter)) }
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json, (_key, value: unknown) => {
      // No row has such a text, and the database stumbles over it.
      if (typeof value === 'string' && /\0|\p{Cs}/u.test(value)) throw new SyntaxError('unstorable')
      return value
    })
  } catch {
    throw new HttpProblem('invalid-request', 'filter: a JSON object.')
  }
}

export const slice = ({ page, perPage }: { page: number; perPage: number }) => ({ skip: (page - 1) * perPage, take: perPage })

/** One page of a list that is short enough to be read whole. */
export const pageOf = <T>(rows: T[], { page, perPage }: { page: number; perPage: number }) => ({
  data: rows.slice((page - 1) * perPage, page * perPage),
  total: rows.length,
})
