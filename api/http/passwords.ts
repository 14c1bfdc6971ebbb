import type { Database } from '../../prisma/client.ts'
import { hashPassword, isOutdated, isPassword } from '../../prisma/passwords.ts'
import { Lane } from '../lane.ts'

/** Waiting for a hash for longer than this is worse than being told to come again. */
const PATIENCE_MS = 5000
const WAITERS = 200

/**
 * Makes and checks password hashes, so many at once and no more: each takes 19 MiB and a core, and whoever sends a thousand sign-ins at once
 * must not take both from everybody else. Throws `unavailable` when too many wait.
 */
export function passwordsOf(db: Database, atOnce: number) {
  const lane = new Lane({ width: atOnce, waiters: WAITERS, patienceMs: PATIENCE_MS })
  return {
    hash: (password: string): Promise<string> => lane.run(() => hashPassword(password)),
    verify: ({ hash, password }: { hash: string; password: string }): Promise<boolean> =>
      lane.run(async () => {
        if (!(await isPassword(hash, password))) return false
        // The only moment at which the password is known: what was kept in the old way is kept in the new one from now on.
        if (isOutdated(hash))
          await db.account.updateMany({ where: { password: hash }, data: { password: await hashPassword(password) } })
        return true
      }),
  }
}
