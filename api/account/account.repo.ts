import type { Database, Prisma, Transaction } from '../../prisma/client.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import type { PersonId } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'

/** An account with the ways into it. */
export const accountOf = (db: Database, id: PersonId) =>
  db.user.findFirstOrThrow({ where: { id }, include: { accounts: { select: { providerId: true, password: true } } } })

export const sessionsOf = (db: Database, userId: PersonId) =>
  db.session.findMany({ where: { userId, expiresAt: { gt: new Date() } }, orderBy: { updatedAt: 'desc' }, take: 200 })

/** Changes what somebody may change of themselves. */
export const changeAccount = (db: Database, id: PersonId, data: Prisma.UserUpdateInput) => db.user.update({ where: { id }, data })

/** Ends one of somebody's sessions, or all of them but one; answers how many there were. */
export const endOwnSessions = (db: Database, userId: PersonId, id: string | { not: string }) =>
  db.session.deleteMany({ where: { userId, id } })

/**
 * Closes an account in one moment: nobody is signed in any more, no key opens, nothing begins. Answers the order of its erasure. Throws
 * `wrong-state` for the last administrator.
 */
export async function closeAccount(db: Database, userId: PersonId): Promise<string> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} OR role = 'admin' ORDER BY id FOR UPDATE`
    await requireAnotherAdmin(tx, userId)
    await tx.user.update({ where: { id: userId }, data: { banned: true, banReason: 'erased', banExpires: null, role: 'user' } })
    await tx.session.deleteMany({ where: { userId } })
    await tx.apiKey.deleteMany({ where: { userId } })
    return writeOrder(tx, 'erase-account', userId, { userId })
  })
}

async function requireAnotherAdmin(tx: Transaction, userId: PersonId): Promise<void> {
  const { role } = await tx.user.findFirstOrThrow({ where: { id: userId }, select: { role: true } })
  if (role !== 'admin') return
  const others = await tx.user.count({ where: { role: 'admin', banned: false, id: { not: userId } } })
  if (others === 0)
    throw new HttpProblem('wrong-state', 'This is the last administrator. Make somebody else one first; nothing was changed.')
}
