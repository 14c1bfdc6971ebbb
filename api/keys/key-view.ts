import type { Prisma } from '../../prisma/client.ts'
import { isScope } from '../http/route.ts'

/** A key as its owner and the console see it: without what it opens with. */
export const keyView = (row: Prisma.ApiKeyGetPayload<object>) => ({
  id: row.id,
  name: row.name,
  start: row.start,
  scopes: row.scopes.filter(isScope),
  requestsPerMinute: row.requestsPerMinute,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})
