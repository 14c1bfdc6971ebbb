import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

/** For whom the database is asked: the house, which sees everything; a person, who sees their own; nobody, who sees what is everybody's. */
export type Identity = 'house' | 'nobody' | { userId: string }

/** The role that policies let see everything. Whoever signs in as the product is it only after having said so. */
export const HOUSE_ROLE = 'aimake_house'

const asking = new AsyncLocalStorage<Identity>()

/** Who is asking at this moment. Outside `asHouse` and `asPerson` it is nobody, so a forgotten one shows nothing instead of everything. */
export const whoAsks = (): Identity => asking.getStore() ?? 'nobody'

/** Everything that `work` asks of the database, also later and in timers it starts, is asked by the house itself. */
export const asHouse = <T>(work: () => T): T => asking.run('house', work)

/** The same, for a person: rows of others are not there, whatever the question forgets to say. */
export const asPerson = <T>(userId: string, work: () => T): T => asking.run({ userId }, work)

const nameOf = (identity: Identity) => (typeof identity === 'string' ? identity : `person ${identity.userId}`)

/**
 * Connections that are handed out as whoever asks for one. A connection keeps its identity until another asks for it, so it is told only then: one
 * short question more. One that cannot be told is thrown away, never handed out as somebody else.
 */
export class IdentityPool extends pg.Pool {
  private readonly who: () => Identity
  private readonly told = new WeakMap<pg.PoolClient, string>()

  constructor(config: pg.PoolConfig, who: () => Identity) {
    super(config)
    this.who = who
  }

  override connect(): Promise<pg.PoolClient>
  override connect(
    callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: Error | boolean) => void) => void,
  ): void
  override connect(
    callback?: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: Error | boolean) => void) => void,
  ): Promise<pg.PoolClient> | void {
    // Asked for now: by the time a connection is free, somebody else's request is at work here.
    const asked = this.connectAs(this.who())
    if (!callback) return asked
    asked.then(
      (client) => callback(undefined, client, client.release),
      (error: Error) => callback(error, undefined, () => {}),
    )
  }

  private async connectAs(identity: Identity): Promise<pg.PoolClient> {
    const client = await super.connect()
    const name = nameOf(identity)
    if ((this.told.get(client) ?? 'nobody') === name) return client
    this.told.delete(client)
    try {
      await client.query(`SELECT set_config('role', $1, false), set_config('app.user_id', $2, false)`, [
        identity === 'house' ? HOUSE_ROLE : 'none',
        typeof identity === 'string' ? '' : identity.userId,
      ])
    } catch (error) {
      client.release(error as Error)
      throw error
    }
    this.told.set(client, name)
    return client
  }
}
