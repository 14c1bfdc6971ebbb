import type { Database, Transaction } from '../../prisma/client.ts'
import { costMicroUsd } from '../../shared/money.ts'
import { pronouncer } from '../../shared/pronunciation.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import type { Language } from '../../shared/text.ts'
import { HttpProblem } from '../http/problem.ts'
import { voicesOnOffer } from '../voices/voices.repo.ts'
import type { Providers } from '../voices/voices.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'

/** A line of a version to come. With a segment its sound is there already; without, it is voiced and paid. */
export interface NextLine {
  section: number
  position: number
  speaker: string
  voiceId: string
  text: string
  direction: string | null
  pauseAfterMs: number
  sourceRefs: unknown
  isSkipped: boolean
  segmentKey: string | null
}

export interface RemakePlan {
  lines: NextLine[]
  /** Lines that will sound otherwise than in the current version. */
  changed: number
  /** Those of them whose new sound is nowhere yet. */
  toVoice: number
  /** What those without a sound will cost. */
  costMicroUsd: bigint
}

/**
 * What becomes of the current version's lines when they are said by another dictionary. A sound that any version of the episode has
 * for the same words, voice and direction is used again. Throws a problem when a line to be voiced has no voice or no price any more.
 */
export async function planRemake(
  db: Database | Transaction,
  row: EpisodeRow,
  dictionary: readonly Pronunciation[],
  providers: Providers,
): Promise<RemakePlan> {
  const versions = await db.version.findMany({
    where: { episodeId: row.id },
    select: { id: true, pronunciations: true, lines: { orderBy: { position: 'asc' } } },
  })
  const language = row.language as Language
  const current = versions.find(({ id }) => id === row.versions[0]!.id)!
  const sounds = new Map<string, string>()
  const keyOf = ({ voiceId, direction }: { voiceId: string; direction: string | null }, said: string) =>
    JSON.stringify([voiceId, direction, said])
  // The current version last, so that its own sounds are the ones that stay.
  for (const version of [...versions.filter((one) => one !== current), current]) {
    const say = pronouncer(version.pronunciations as unknown as Pronunciation[], language)
    for (const line of version.lines) if (line.segmentKey) sounds.set(keyOf(line, say(line.text)), line.segmentKey)
  }
  const sayNow = pronouncer(current.pronunciations as unknown as Pronunciation[], language)
  const sayThen = pronouncer(dictionary, language)
  const lines = current.lines.map((line) => {
    const isSkipped = line.status === 'skipped'
    const said = sayThen(line.text)
    const isChanged = !isSkipped && said !== sayNow(line.text)
    return { ...line, isSkipped, isChanged, said, segmentKey: isSkipped ? null : (sounds.get(keyOf(line, said)) ?? null) }
  })
  const changed = lines.filter(({ isChanged }) => isChanged)
  const toVoice = changed.filter(({ segmentKey }) => segmentKey === null)
  return {
    lines,
    changed: changed.length,
    toVoice: toVoice.length,
    costMicroUsd: await priceOfLines(
      db,
      toVoice.map(({ voiceId, said }) => ({ voiceId, characters: [...said].length })),
      providers,
    ),
  }
}

/** Each line at the price of its voice, rounded up call by call as the ledger does. */
async function priceOfLines(
  db: Database | Transaction,
  lines: { voiceId: string; characters: number }[],
  providers: Providers,
): Promise<bigint> {
  const voices = lines.length > 0 ? await voicesOnOffer(db, providers) : []
  const prices = await db.price.findMany({
    where: { unit: 'character', effectiveFrom: { lte: new Date() } },
    orderBy: { effectiveFrom: 'desc' },
  })
  let sum = 0n
  for (const { voiceId, characters } of lines) {
    const voice = voices.find(({ id }) => id === voiceId)
    if (!voice)
      throw new HttpProblem('unknown-voice', `The voice "${voiceId}" is switched off, so its lines cannot be made anew now.`)
    const price = prices.find(({ provider, model }) => provider === voice.provider && model === voice.model)
    if (!price)
      throw new HttpProblem('price-unknown', `Nobody knows what ${voice.provider} ${voice.model} costs, so it cannot be used.`)
    sum += costMicroUsd(characters, price)
  }
  return sum
}
