import type { Database } from '../../prisma/client.ts'

/** The names of the providers that are on at the moment. */
export type Providers = () => Promise<string[]>

/** The voices that can be chosen today, the best first: switched on, their provider too, and their model not shut down. */
export async function voicesOnOffer(db: Database, providers: Providers) {
  const [voices, gone] = await Promise.all([
    db.voice.findMany({
      where: { enabled: true, provider: { in: await providers() } },
      orderBy: [{ rank: 'asc' }, { id: 'asc' }],
    }),
    db.model.findMany({ where: { shutDownAt: { lte: new Date() } } }),
  ])
  return voices.filter((voice) => !gone.some(({ provider, model }) => provider === voice.provider && model === voice.model))
}
