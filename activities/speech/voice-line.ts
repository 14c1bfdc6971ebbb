import type { Prisma } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, LineRef } from '../../workflows/contract.ts'
import { AudioRejected } from '../audio/audio-rejected.ts'
import { makeLineAudio } from '../audio/line-audio.ts'
import type { LineAudio } from '../audio/line-audio.ts'
import { voiceLevel } from '../audio/voice-gain.ts'
import { failCall } from '../cost/ledger.ts'
import { settledStatuses } from '../cost/settle.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { isFailure, later, stopped } from '../failures.ts'
import { removeObject } from '../storage/objects.ts'
import { askProvider } from './ask-provider.ts'
import type { Bought } from './ask-provider.ts'
import { contentKeyOf } from './content-key.ts'
import { becomeReady, keepSegment } from './keep-segment.ts'
import { lineRefs } from './line-refs.ts'

type Deeds = Pick<Activities, 'voiceLine' | 'linesToVoice'>

/** A line with everything that decides how it sounds. */
export type LineRow = Prisma.LineGetPayload<{ include: { voice: true; version: { include: { episode: true } } } }>

export function speechDeeds(deps: Deps): Deeds {
  return {
    linesToVoice: async (ref) => {
      await deps.db.line.updateMany({
        where: { versionId: ref.versionId, status: 'failed' },
        data: { status: 'waiting', failureCode: null, failureDetail: null },
      })
      return lineRefs(deps.db, ref)
    },
    voiceLine: (ref) => beating((deed) => voiceLine(deps, ref, deed)),
  }
}

/**
 * The story of a line: is its sound there already? Then it is free. Else a row in the ledger, the provider's answer kept the moment it is there,
 * judged, levelled, encoded, stored, and settled together with the line becoming ready. Killed anywhere, the next
 * try goes on from what was stored; only a call whose answer was lost on the way is made again.
 */
async function voiceLine(deps: Deps, ref: LineRef, deed: Deed): Promise<void> {
  const line = await deps.db.line.findUniqueOrThrow({
    where: { id: ref.lineId },
    include: { voice: true, version: { include: { episode: true } } },
  })
  if (line.status === 'ready' || line.status === 'skipped') return
  const { episode } = line.version
  if (episode.status === 'cancelling' || settledStatuses.some((status) => status === episode.status)) {
    // The cancel is on its way to this run; until it comes nothing is begun.
    throw later('stopping', 'the episode is being stopped')
  }
  const contentKey = contentKeyOf({
    ...line.voice,
    userId: episode.userId,
    language: episode.language,
    text: line.text,
    direction: line.direction,
  })
  const have = await deps.db.segment.findUnique({ where: { contentKey }, select: { contentKey: true } })
  if (have) await becomeReady(deps.db, line.id, contentKey)
  else await buy(deps, line, contentKey, deed)
  await announce(deps.redis, ref.episodeId, [{ type: 'line', lineId: line.id }, { type: 'episode' }])
}

async function buy(deps: Deps, line: LineRow, contentKey: string, deed: Deed): Promise<void> {
  const { db, redis } = deps
  if (line.status !== 'voicing') {
    await db.line.update({ where: { id: line.id }, data: { status: 'voicing' } })
    await announce(redis, line.version.episodeId, [{ type: 'line', lineId: line.id }])
  }
  const bought = await askProvider(deps, line, contentKey, deed)
  const audio = await acceptAnswer(deps, line, bought, deed)
  await keepSegment(deps, line, contentKey, bought, audio, deed)
}

async function acceptAnswer(deps: Deps, line: LineRow, { call, answer }: Bought, { signal }: Deed): Promise<LineAudio> {
  const { unitsPerSecond } = line.voice.settings as { unitsPerSecond?: number }
  const spoken = {
    text: line.text,
    language: line.version.episode.language as Language,
    ...(unitsPerSecond && { unitsPerSecond }),
  }
  try {
    return await makeLineAudio(answer, spoken, { ffmpegPath: deps.ffmpegPath, signal }, await voiceLevel(deps.db, line.voice))
  } catch (error) {
    if (signal.aborted) throw stopped(signal)
    if (isFailure(error) || !(error instanceof AudioRejected)) throw error
    await failCall(deps.db, call, error.code, answer.units)
    await removeObject(deps, call.answerKey)
    throw later(error.code, error.message)
  }
}
