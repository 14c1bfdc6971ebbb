import type { PoolConfig } from 'pg'

/**
 * Holds a process to the database it began with. A restore puts another database in the place of the one before, and that can only be reached through a
 * new connection: so each new one is asked which epoch it leads to, and one of another epoch is never used. What a process was in the middle of then
 * belongs to a past that the restored database does not know. `onOther` is told, once; a process that begins anew belongs to the new epoch.
 */
export function epochFence(onOther: () => void): NonNullable<PoolConfig['verify']> {
  let first: string | undefined
  let isTold = false
  return (client, done) => {
    client
      .query<{ epoch: string }>('SELECT epoch FROM public.database_epoch')
      .then(({ rows: [row] }) => {
        first ??= row?.epoch
        if (row && row.epoch === first) return done()
        if (!isTold) onOther()
        isTold = true
        return done(new Error('this database is of another epoch: it was restored since this process began'))
      })
      .catch((error: Error) => done(error))
  }
}
