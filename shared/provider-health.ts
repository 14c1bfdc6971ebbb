import type { Redis } from 'ioredis'

/**
 * What is known of a provider over all workers, in Redis.
 *
 * `governor:{name}:places`: sorted set, the owner of each call in flight by the end of its lease (ms since 1970).
 * `governor:{name}:health`: hash of
 * - `fence`: rises with every lease;
 * - `bears`, `probeAt`, `probeWait`, `probing`: how many calls it bears, learnt from refusals, and when one more is tried;
 * - `ill`, `rest`, `restsUntil`, `convalescent`: failures in a row, and the rest it gets after too many;
 * - `blockedCode`, `blockedDetail`, `blockedAt`, `askAgainAt`, `asking`: what a person has to put right, since when, when one call may
 *   look whether that was done, and which call is looking;
 * - `key`: a mark of the key the workers were last started with;
 * - `ticket`: rises with everyone who has to wait for a place.
 * `governor:{name}:line` and `:asked`: sorted sets, whoever waits for a place by ticket, and by when they last asked (ms since 1970).
 */
export const healthKeys = (provider: string): [places: string, health: string, line: string, asked: string] => [
  // One hash slot a provider, so that a Redis cluster keeps its keys together.
  `governor:{${provider}}:places`,
  `governor:{${provider}}:health`,
  `governor:{${provider}}:line`,
  `governor:{${provider}}:asked`,
]

/** A provider that waits for a person: why, in our word and in a sentence that names the remedy. Times in ms since 1970. */
export interface Block {
  code: string
  detail: string
  sinceMs: number
  askAgainAtMs: number
}

export interface ProviderHealth {
  inFlight: number
  /** Calls at once that it was seen to bear; null: as many as are set. */
  bears: number | null
  /** 0: it does not rest. */
  restsUntilMs: number
  block: Block | null
}

/** How a provider does at this moment. Throws when Redis is away. */
export async function lookAtProvider(redis: Redis, provider: string, now = Date.now()): Promise<ProviderHealth> {
  const [places, health] = healthKeys(provider)
  const [inFlight, known] = await Promise.all([redis.zcount(places, now, '+inf'), redis.hgetall(health)])
  const { bears, restsUntil = 0, blockedCode, blockedDetail = '', blockedAt, askAgainAt } = known
  return {
    inFlight,
    bears: bears ? Number(bears) : null,
    restsUntilMs: Number(restsUntil) > now ? Number(restsUntil) : 0,
    block: blockedCode
      ? { code: blockedCode, detail: blockedDetail, sinceMs: Number(blockedAt), askAgainAtMs: Number(askAgainAt) }
      : null,
  }
}

/**
 * A person says that it was put right: the next call may look, alone. Answered, all others follow; refused, the provider waits again.
 * Changes nothing where nothing is blocked.
 */
export async function tryProviderAgain(redis: Redis, provider: string): Promise<void> {
  const [, health] = healthKeys(provider)
  if (await redis.hexists(health, 'blockedCode')) await redis.hset(health, 'askAgainAt', 0)
}
