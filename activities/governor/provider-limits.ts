import type { Database } from '../../prisma/client.ts'
import type { ProviderLimits } from './governor.ts'

/** How old a setting may be that a worker goes by: an administrator's change is obeyed within this. */
const KEPT_MS = 1000

/** What each provider is set to, read at most once a second; `undefined` for one that nobody bounds. */
export function createProviderLimits(db: Database): (provider: string) => Promise<ProviderLimits | undefined> {
  const kept = new Map<string, { limits: Promise<ProviderLimits | undefined>; until: number }>()
  const read = async (name: string) =>
    (await db.provider.findUnique({ where: { name }, select: { enabled: true, concurrency: true } })) ?? undefined
  return (provider) => {
    const known = kept.get(provider)
    if (known && known.until > Date.now()) return known.limits
    const limits = read(provider)
    kept.set(provider, { limits, until: Date.now() + KEPT_MS })
    // What could not be read is asked again, not remembered.
    limits.catch(() => kept.delete(provider))
    return limits
  }
}
