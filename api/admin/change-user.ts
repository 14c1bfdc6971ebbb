import type { z } from 'zod'
import type { Database, Prisma, Transaction } from '../../prisma/client.ts'
import { ERASED_USER_ID, HOUSE_USER_ID } from '../../shared/house.ts'
import { toNumber } from '../../shared/money.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Outbox } from '../outbox.ts'
import { wakeRuns } from '../usage/wake-runs.ts'
import type { changeUserSchema } from './admin.schema.ts'
import { audit } from './audit.ts'
import type { Act } from './audit.ts'

export interface ChangeUserDeps {
  db: Database
  outbox: Outbox
}

type By = Pick<Act, 'caller' | 'requestId'>
type Change = z.output<typeof changeUserSchema>
type UserRow = Prisma.UserGetPayload<object>

/**
 * Changes what a user may spend or do. Suspended, they are signed out everywhere in the same moment; what they have in the making goes on. Refused where
 * nobody would be left to administrate.
 */
export async function changeUser({ db, outbox }: ChangeUserDeps, id: string, change: Change, by: By): Promise<void> {
  const wake = await db.$transaction(async (tx) => {
    // All administrators in one order: two who take each other's role are one after the other.
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${id} OR role = 'admin' ORDER BY id FOR UPDATE`
    const before = await tx.user.findFirst({ where: { id } })
    if (!before) throw new HttpProblem('not-found', 'There is no such user.')
    await requireSensible(tx, before, change, by)
    const made = await tx.user.update({ where: { id }, data: dataOf(change) })
    if (made.banned) await tx.session.deleteMany({ where: { userId: id } })
    await audit(tx, { ...by, action: 'user.change', subject: `user:${id}`, ...difference(before, made) })
    return change.monthlyLimitMicroUsd === undefined ? [] : wakeRuns(tx, { userId: id })
  })
  for (const order of wake) outbox.sendSoon(order)
}

/** Ends the sessions of a user, or one of them, and answers how many there were. */
export async function endSessions({ db }: ChangeUserDeps, which: { userId: string; id?: string }, by: By): Promise<number> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: which })
    const subject = `user:${which.userId}`
    if (count > 0)
      await audit(tx, { ...by, action: 'user.sign-out', subject, before: { sessions: count }, after: { sessions: 0 } })
    return count
  })
}

function dataOf({ monthlyLimitMicroUsd, role, banned, banReason }: Change): Prisma.UserUpdateInput {
  return {
    ...(monthlyLimitMicroUsd !== undefined && { monthlyLimitMicroUsd }),
    ...(role !== undefined && { role }),
    ...(banned !== undefined && { banned, banExpires: null, banReason: banned ? banReason || null : null }),
  }
}

async function requireSensible(tx: Transaction, before: UserRow, { role, banned }: Change, { caller }: By): Promise<void> {
  if (role === undefined && banned === undefined) return
  if (before.id === HOUSE_USER_ID || before.id === ERASED_USER_ID)
    throw new HttpProblem('wrong-state', 'This account is the house itself. Nobody signs in as it.')
  if (banned && before.id === caller.userId)
    throw new HttpProblem('wrong-state', 'You would lock yourself out. Ask another administrator.')
  const stays = (role ?? before.role) === 'admin' && !(banned ?? before.banned)
  if (stays || before.role !== 'admin' || before.banned) return
  const others = await tx.user.count({ where: { role: 'admin', banned: false, id: { not: before.id } } })
  if (others === 0)
    throw new HttpProblem('wrong-state', 'This is the last administrator. Make somebody else one first; nothing was changed.')
}

const stateOf = ({ role, banned, banReason, monthlyLimitMicroUsd }: UserRow) => ({
  role,
  banned,
  banReason,
  monthlyLimitMicroUsd: monthlyLimitMicroUsd === null ? null : toNumber(monthlyLimitMicroUsd),
})

/** Only what is not as it was. */
function difference(before: UserRow, after: UserRow) {
  const [was, is] = [stateOf(before), stateOf(after)]
  const changed = (Object.keys(was) as (keyof typeof was)[]).filter((key) => was[key] !== is[key])
  const only = (state: typeof was) => Object.fromEntries(changed.map((key) => [key, state[key]]))
  return { before: only(was), after: only(is) }
}
