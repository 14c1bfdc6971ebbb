import type { Database } from '../../prisma/client.ts'

/** Every provider that a line may be given to: each that a voice names, whether it has a key or not. */
export async function knownProviders(db: Database): Promise<string[]> {
  const voices = await db.voice.findMany({ distinct: ['provider'], select: { provider: true }, orderBy: { provider: 'asc' } })
  return voices.map(({ provider }) => provider)
}
