import type { Redis } from 'ioredis'

const KEY = 'neural-voice:here'
/** How long a worker's word holds. It is given again every few seconds, and nobody takes back another's. */
const HOLDS_MS = 15_000

/** A worker says that it can speak with the neural voice now. What an administrator set in the voices' rows is left as it is. */
export const tellNeuralVoice = (redis: Pick<Redis, 'set'>): Promise<unknown> => redis.set(KEY, '1', 'PX', HOLDS_MS)

/** Asks whether some worker said so in the last seconds. While Redis is away, what was heard last counts. */
export function neuralVoiceTold(redis: Pick<Redis, 'exists'>): () => Promise<boolean> {
  let heard = false
  return async () => {
    try {
      heard = (await redis.exists(KEY)) === 1
    } catch {
      return heard
    }
    return heard
  }
}
