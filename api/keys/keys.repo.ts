import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '../../prisma/client.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import type { Along } from '../episodes/episodes.repo.ts'
import { signedIn } from '../http/authorized.ts'
import type { PersonId } from '../http/authorized.ts'
import type { Caller, Scope } from '../http/route.ts'
import { isScope } from '../http/route.ts'

const PREFIX = 'aim_'
const SHOWN = 10
const shape = /^aim_[A-Za-z0-9_-]{43}$/

export interface NewKey {
  name: string
  scopes: Scope[]
  expiresAt: Date | null
  requestsPerMinute: number | null
}

/** 256 random bits need no slow hash: nobody can try them all, and every request pays for this one. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

/** Who calls with this key, by the store of this very moment: revoked, expired or its owner suspended, it is nobody's. */
export async function callerOfKey(db: Database, secret: string): Promise<Caller | undefined> {
  if (!shape.test(secret)) return undefined
  const row = await db.apiKey.findFirst({ where: { hash: hashOf(secret) }, include: { user: true } })
  if (!row || row.user.banned || (row.expiresAt && row.expiresAt <= new Date())) return undefined
  // A look is answered while nothing can be written.
  await touch(db, row.id, row.lastUsedAt).catch(() => undefined)
  const { id, email, name, role, isDemo } = row.user
  return {
    userId: signedIn(id),
    email,
    name,
    role: role === 'admin' || role === 'support' ? role : 'user',
    isDemo,
    ...(row.expiresAt && { endsAt: row.expiresAt }),
    key: { id: row.id, scopes: row.scopes.filter(isScope), requestsPerMinute: row.requestsPerMinute },
  }
}

/** When it was last used, to the minute: a write a request would be a write too many. */
async function touch(db: Database, id: string, lastUsedAt: Date | null): Promise<void> {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < 60_000) return
  await db.apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date() } })
}

export const keysOf = (db: Database, userId: PersonId) =>
  db.apiKey.findMany({ where: { userId }, orderBy: { createdAt: 'desc' } })

export const countKeys = (db: Database, userId: PersonId) => db.apiKey.count({ where: { userId } })

/** Makes a key. Its secret is in the answer and nowhere else. */
export async function createKey(db: Database, userId: PersonId, key: NewKey) {
  const secret = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const row = await db.apiKey.create({
    data: { id: randomUUID(), userId, ...key, start: secret.slice(0, SHOWN), hash: hashOf(secret) },
  })
  return { row, secret }
}

/** Revokes a key of theirs at once, and orders what keeps it revoked after a restore. Answers the order, or nothing when there is no such key. */
export async function revokeKey(db: Database, userId: PersonId, id: string, along?: Along): Promise<string | undefined> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.deleteMany({ where: { id, userId } })
    if (count === 0) return undefined
    await along?.(tx)
    return writeOrder(tx, 'bury', `key:${id}`, { kind: 'key', subjectId: id })
  })
}
