import type { Database, Transaction } from '../../prisma/client.ts'
import { costMicroUsd, toNumber } from '../../shared/money.ts'
import { pronouncer } from '../../shared/pronunciation.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import type { Language } from '../../shared/text.ts'
import { HttpProblem } from '../http/problem.ts'
import { voicesOnOffer } from '../voices/voices.repo.ts'
import type { Providers } from '../voices/voices.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'
import type { Remake } from './script.schema.ts'

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
  /** The first line it goes back to, of an earlier version. */
  originId?: string | null
}

/** A line as somebody wants it. With the id of a line of the current version it takes that one's place. */
export interface WantedLine extends Omit<NextLine, 'position' | 'segmentKey'> {
  id?: string
}

export interface PlannedLine extends NextLine {
  id?: string
  isChanged: boolean
}

export interface RemakePlan {
  lines: PlannedLine[]
  /** Lines that will sound otherwise than in the current version, and lines that will no longer sound. */
  changed: number
  /** Those of them whose new sound is nowhere yet. */
  toVoice: number
  /** What those without a sound will cost. */
  costMicroUsd: bigint
}

export interface Wanted {
  dictionary: readonly Pronunciation[]
  /** The whole script, in order; the current one when left out. */
  lines?: readonly WantedLine[]
  /** Lines that did not sound before are counted as well: the script is not voiced yet. */
  withUnvoiced?: boolean
}

/**
 * What becomes of the current version's lines with another script, or said by another dictionary. A sound that any version of the episode has
 * for the same words, voice and direction is used again. Throws a problem when a line to be voiced has no voice or no price any more.
 */
export async function planRemake(
  db: Database | Transaction,
  row: EpisodeRow,
  { dictionary, lines: wanted, withUnvoiced = false }: Wanted,
  providers: Providers,
): Promise<RemakePlan> {
  const versions = await db.version.findMany({
    where: { episodeId: row.id },
    select: { id: true, pronunciations: true, lines: { orderBy: { position: 'asc' } } },
  })
  const language = row.language as Language
  const current = versions.find(({ id }) => id === row.versions[0]!.id)!
  const sayThen = pronouncer(dictionary, language)
  const sounds = new Map<string, string>()
  const heardNow = new Map<string, string>()
  // The current version last, so that its own sounds are the ones that stay.
  for (const version of [...versions.filter((one) => one !== current), current]) {
    const say = pronouncer(version.pronunciations as unknown as Pronunciation[], language)
    for (const line of version.lines) {
      const key = soundOf(line, say(line.text))
      if (line.segmentKey) sounds.set(key, line.segmentKey)
      if (version === current && line.status !== 'skipped') heardNow.set(line.id, key)
    }
  }
  const script = wanted ?? current.lines.map((line) => ({ ...line, isSkipped: line.status === 'skipped' }))
  const lines = script.map((line, position) => {
    const said = sayThen(line.text)
    const key = soundOf(line, said)
    const isChanged = !line.isSkipped && (line.id === undefined || heardNow.get(line.id) !== key)
    return { ...line, position, isChanged, said, segmentKey: line.isSkipped ? null : (sounds.get(key) ?? null) }
  })
  const stays = new Set(lines.flatMap(({ id, isSkipped }) => (id === undefined || isSkipped ? [] : [id])))
  const gone = [...heardNow.keys()].filter((id) => !stays.has(id)).length
  const silent = lines.filter((line) => !line.isSkipped && line.segmentKey === null && (withUnvoiced || line.isChanged))
  const toPay = silent.map(({ voiceId, said }) => ({ voiceId, characters: [...said].length }))
  return {
    lines,
    changed: lines.filter(({ isChanged }) => isChanged).length + gone,
    toVoice: silent.length,
    costMicroUsd: await priceOfLines(db, toPay, providers),
  }
}

const soundOf = ({ voiceId, direction }: { voiceId: string; direction: string | null }, said: string) =>
  JSON.stringify([voiceId, direction, said])

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

/** A plan as the door shows it before anybody pays. */
export function remakeOf(plan: RemakePlan): Remake {
  const microUsd = toNumber(plan.costMicroUsd)
  return {
    lines: plan.changed,
    linesToVoice: plan.toVoice,
    cost: { minMicroUsd: microUsd, maxMicroUsd: microUsd, exact: true },
  }
}
