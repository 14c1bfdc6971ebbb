import type { Prisma, Transaction } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import { writeEnergies } from '../../shared/tape.ts'
import type { LineAudio } from '../audio/line-audio.ts'
import { learnVoiceLevel } from '../audio/voice-gain.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { stopped } from '../failures.ts'
import { FOR_EVER, removeObject, sha256, storeObject } from '../storage/objects.ts'
import type { Bought } from './ask-provider.ts'
import type { LineRow } from './voice-line.ts'

/** Stores a line's audio; then segment and ready line are one transaction, and the answers it was made of are let go. */
export async function keepSegment(
  deps: Deps,
  line: LineRow,
  contentKey: string,
  audio: LineAudio,
  bought: Bought[],
  deed: Deed,
): Promise<void> {
  const keys = await storeAudio(deps, audio, deed)
  passing('segment.stored')
  await deps.db.$transaction(async (tx) => {
    const segment = { ...segmentOf(line, audio), ...keys, contentKey }
    await tx.segment.createMany({ data: segment, skipDuplicates: true })
    await tx.usageLog.updateMany({ where: { id: { in: bought.map(({ call }) => call.id) } }, data: { answerKey: null } })
    await becomeReady(tx, line.id, contentKey)
    await learnVoiceLevel(tx, line.voice, audio.wantedGainDb)
  })
  passing('segment.committed')
  for (const { answerKey } of bought) await removeObject(deps, await answerKey)
}

async function storeAudio(deps: Deps, { mp3, flac }: LineAudio, { signal }: Deed) {
  const digest = sha256(mp3)
  const [mp3Key, flacKey] = [`segments/${digest}.mp3`, `segments/${digest}.flac`]
  try {
    await Promise.all([
      storeObject(deps, mp3Key, mp3, { contentType: 'audio/mpeg', cacheControl: FOR_EVER }, signal),
      storeObject(deps, flacKey, flac, { contentType: 'audio/flac', cacheControl: FOR_EVER }, signal),
    ])
  } catch (error) {
    throw signal.aborted ? stopped(signal) : error
  }
  return { mp3Key, flacKey }
}

const segmentOf = ({ voice, version }: LineRow, audio: LineAudio) =>
  ({
    userId: version.episode.userId,
    provider: voice.provider,
    model: voice.model,
    voiceId: voice.id,
    samples: audio.samples,
    frames: audio.frames,
    lufs: Number.isFinite(audio.lufs) ? audio.lufs : null,
    peakDb: audio.peakDb,
    energies: writeEnergies(audio.energies),
  }) satisfies Partial<Prisma.SegmentUncheckedCreateInput>

/** The line has its sound: made now, or stored before. */
export async function becomeReady(tx: Transaction, lineId: string, segmentKey: string): Promise<void> {
  await tx.line.update({
    where: { id: lineId },
    data: { status: 'ready', segmentKey, readyAt: new Date(), failureCode: null, failureDetail: null },
  })
}
