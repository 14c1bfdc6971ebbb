import type { Database, Prisma, Transaction } from '../../prisma/client.ts'
import type { Caller } from '../http/route.ts'

/** What somebody did in the console, to what, and how that was before and after. `null`: there was nothing, or there is nothing any more. */
export interface Act {
  caller: Caller
  requestId: string
  /** `<thing>.<verb>`, such as `episode.cancel`. */
  action: `${string}.${string}`
  /** `<thing>:<id>`. */
  subject: string
  before: Prisma.InputJsonObject | null
  after: Prisma.InputJsonObject | null
}

/** The only way into the audit log. Given a transaction, the act and its record are written together or not at all. */
export async function audit(store: Database | Transaction, { caller, before, after, ...act }: Act): Promise<void> {
  await store.auditLog.create({
    data: { ...act, actorId: caller.userId, ...(before && { before }), ...(after && { after }) },
  })
}
