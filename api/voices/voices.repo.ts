import type { Database, Prisma, Transaction } from '../../prisma/client.ts'
import { costMicroUsd, toNumber } from '../../shared/money.ts'
import { providerKeys } from '../../shared/providers.ts'
import type { PersonId } from '../http/authorized.ts'

const withSample = { sample: true } satisfies Prisma.VoiceInclude
export type VoiceRow = Prisma.VoiceGetPayload<{ include: typeof withSample }>

/** A voice as far as it matters to whoever chooses one. */
export interface OfferedVoice extends VoiceRow {
  /** Nothing stands in the way: its provider is on, its model answers, its price is known. */
  available: boolean
  /** The setting that would switch its provider on. */
  needsKey: string | null
  /** Null where nobody knows it: such a voice cannot be chosen. */
  microUsdPerThousandCharacters: number | null
}

/** The names of the providers that are on at the moment. */
export type Providers = () => Promise<string[]>

/** The voices that can be chosen today, the best first: switched on, their provider too, and their model not shut down. */
export async function voicesOnOffer(db: Database | Transaction, providers: Providers): Promise<OfferedVoice[]> {
  const voices = await allVoices(db, providers)
  return voices.filter(({ enabled, available }) => enabled && available)
}

/** Every voice, the best first; those that cannot be chosen say why. */
export async function allVoices(db: Database | Transaction, providers: Providers): Promise<OfferedVoice[]> {
  const now = new Date()
  const [names, voices, gone, prices] = await Promise.all([
    providers(),
    db.voice.findMany({ include: withSample, orderBy: [{ rank: 'asc' }, { id: 'asc' }] }),
    db.model.findMany({ where: { shutDownAt: { lte: now } } }),
    db.price.findMany({ where: { unit: 'character', effectiveFrom: { lte: now } }, orderBy: { effectiveFrom: 'desc' } }),
  ])
  return voices.map((voice) => {
    const sameModel = (one: { provider: string; model: string }) => one.provider === voice.provider && one.model === voice.model
    const price = prices.find(sameModel)
    const on = names.includes(voice.provider)
    return {
      ...voice,
      available: on && price !== undefined && !gone.some(sameModel),
      needsKey: on ? null : (providerKeys[voice.provider] ?? null),
      microUsdPerThousandCharacters: price ? toNumber(costMicroUsd(1000, price)) : null,
    }
  })
}

/** The ids of the voices somebody likes. */
export async function favouritesOf(db: Database, userId: PersonId): Promise<Set<string>> {
  const rows = await db.voiceFavourite.findMany({ where: { userId }, select: { voiceId: true } })
  return new Set(rows.map(({ voiceId }) => voiceId))
}

export async function setFavourite(db: Database, userId: PersonId, voiceId: string, favourite: boolean): Promise<void> {
  if (favourite) await db.voiceFavourite.createMany({ data: { userId, voiceId }, skipDuplicates: true })
  else await db.voiceFavourite.deleteMany({ where: { userId, voiceId } })
}
