import type { Database, Transaction } from '../../prisma/client.ts'
import { sha256 } from '../storage/objects.ts'
import type { LevelOptions } from './level.ts'

/** What makes a voice sound as loud as it does. */
export interface GainedVoice {
  provider: string
  model: string
  providerVoice: string
  settings: unknown
}

/** So many lines must have been measured before a voice holds its lines back; until then each goes by its own loudness. */
const LINES_TO_TRUST = 3
/** A line counts for at least a fiftieth: a voice that its provider makes louder is followed. */
const MEMORY_LINES = 50

const voiceKeyOf = ({ provider, model, providerVoice, settings }: GainedVoice): string =>
  sha256(JSON.stringify([provider, model, providerVoice, settings]))

/** What is known of a voice: the running mean of the gain its lines needed. */
export interface VoiceGain {
  gainDb: number
  lines: number
}

/** How a line is levelled, as far as its voice is known. */
export function levelOptions(known: VoiceGain | null | undefined): LevelOptions {
  if (!known) return {}
  return { voiceGainDb: known.gainDb, ...(known.lines < LINES_TO_TRUST && { maxTrimDb: Infinity }) }
}

/** The mean with one more line. */
export function learnt(known: VoiceGain | null | undefined, wantedGainDb: number): VoiceGain {
  const { gainDb, lines } = known ?? { gainDb: wantedGainDb, lines: 0 }
  return { gainDb: gainDb + (wantedGainDb - gainDb) / Math.min(lines + 1, MEMORY_LINES), lines: lines + 1 }
}

export const voiceLevel = async (db: Database, voice: GainedVoice): Promise<LevelOptions> =>
  levelOptions(await db.voiceLevel.findUnique({ where: { voiceKey: voiceKeyOf(voice) } }))

/**
 * Lets a voice learn from a line that was kept. Last in the transaction that keeps the line: so each line counts once, and the row that
 * all lines of a voice share is locked for a moment only.
 */
export async function learnVoiceLevel(tx: Transaction, voice: GainedVoice, wantedGainDb: number | undefined): Promise<void> {
  if (wantedGainDb === undefined) return
  const voiceKey = voiceKeyOf(voice)
  const [known] = await tx.$queryRaw<VoiceGain[]>`
    SELECT gain_db AS "gainDb", lines FROM voice_levels WHERE voice_key = ${voiceKey} FOR UPDATE`
  const level = { ...learnt(known, wantedGainDb), updatedAt: new Date() }
  // Two first lines at once: one of them is not counted, which changes nothing that can be heard.
  await tx.voiceLevel.upsert({ where: { voiceKey }, create: { voiceKey, ...level }, update: level })
}
