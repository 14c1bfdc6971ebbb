import { Redis } from 'ioredis'

/**
 * A connection that comes back by itself. Commands fail after a second without a server instead of waiting for ever,
 * so that whoever asked can say so. What is asked at one moment goes in one parcel: most of what a small question costs is sending it.
 */
export function createRedis(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
    commandTimeout: 1000,
    connectTimeout: 2000,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 2000),
  })
  redis.on('error', onError)
  return redis
}
