import type { Prisma } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { hasSpeech } from '../../shared/text.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, LineRef } from '../../workflows/contract.ts'
import type { LineAudio } from '../audio/line-audio.ts'
import { voiceLevel } from '../audio/voice-gain.ts'
import { settledStatuses } from '../cost/settle.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { isHeld, later, never } from '../failures.ts'
import type { Bought } from './ask-provider.ts'
import { contentKeyOf } from './content-key.ts'
import { becomeReady, keepSegment } from './keep-segment.ts'
import { lineRefs } from './line-refs.ts'
import { piecesOf, saidText } from './said-text.ts'
import type { Piece } from './said-text.ts'
import { afterRejection, voicePiece } from './voice-piece.ts'

type Deeds = Pick<Activities, 'voiceLine' | 'linesToVoice' | 'linesLeft'>

/** A call may take a minute and a half, a try two: this late no further one is begun. */
const LATEST_CALL_MS = 25_000

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
    linesLeft: (ref) => lineRefs(deps.db, ref, ['failed']),
    voiceLine: (ref) => beating((deed) => voiceLine(deps, ref, deed)),
  }
}

/**
 * The story of a line: is its sound there already? Then it is free. Else each of its pieces (nearly always one) is a row in the ledger, the provider's
 * answer kept the moment it is there, judged and settled; then they are joined, levelled, encoded and stored, together with the line
 * becoming ready. Killed anywhere, the next try goes on from what was stored; only a call whose answer was lost on the way is made again.
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
  const said = saidBy(deps, line)
  const contentKey = contentKeyOf({ ...line.voice, ...said, userId: episode.userId, direction: line.direction })
  const have = await deps.db.segment.findUnique({ where: { contentKey }, select: { contentKey: true } })
  if (have) await becomeReady(deps.db, line.id, contentKey)
  else await voiceNew(deps, line, await piecesFor(deps, line, said.text, contentKey), contentKey, deed)
  await announce(deps.redis, ref.episodeId, [{ type: 'line', lineId: line.id }, { type: 'episode' }])
}

/** The words as their provider gets them. One that is switched off has no wishes; what it made before is found all the same. */
function saidBy({ speech }: Deps, { text, voice, version }: LineRow) {
  const language = version.episode.language as Language
  const dictionary = version.pronunciations as unknown as Pronunciation[]
  return { language, text: saidText(text, dictionary, language, speech.get(voice.provider)) }
}

async function piecesFor(
  { db }: Deps,
  { voice: { provider, model } }: LineRow,
  said: string,
  contentKey: string,
): Promise<Piece[]> {
  if (!hasSpeech(said)) throw never('nothing_to_say', 'no letter or digit in the text')
  const limits = await db.model.findUnique({ where: { provider_model: { provider, model } }, select: { maxCharacters: true } })
  return piecesOf(said, contentKey, limits?.maxCharacters)
}

async function voiceNew(deps: Deps, line: LineRow, pieces: Piece[], contentKey: string, deed: Deed): Promise<void> {
  if (line.status !== 'voicing') {
    await deps.db.line.update({ where: { id: line.id }, data: { status: 'voicing' } })
    await announce(deps.redis, line.version.episodeId, [{ type: 'line', lineId: line.id }])
  }
  const bought = await voicePieces(deps, line, pieces, deed).catch(async (error: unknown) => {
    if (isHeld(error)) await waitForMoney(deps, line)
    throw error
  })
  await keepSegment(deps, line, contentKey, await lineAudio(deps, line, bought, deed), bought, deed)
}

/** Nothing was called for it: it waits as it did before. */
async function waitForMoney({ db, redis }: Deps, { id, version }: LineRow): Promise<void> {
  await db.line.updateMany({ where: { id, status: 'voicing' }, data: { status: 'waiting' } })
  await announce(redis, version.episodeId, [{ type: 'line', lineId: id }])
}

async function lineAudio(deps: Deps, { position, voice }: LineRow, bought: Bought[], { signal }: Deed): Promise<LineAudio> {
  const answers = bought.map(({ answer }) => answer)
  try {
    return await deps.sound.encode(answers, await voiceLevel(deps.db, voice), { position })
  } catch (error) {
    throw await afterRejection(deps, bought, error, signal)
  }
}

/** One after another: a very long line must not take all the places of its provider. */
async function voicePieces(deps: Deps, line: LineRow, pieces: Piece[], deed: Deed): Promise<Bought[]> {
  const begunMs = performance.now()
  const voiced: Bought[] = []
  for (const piece of pieces) {
    // The next try finds what is voiced by now; a call begun late could run into the end of this one.
    if (performance.now() - begunMs > LATEST_CALL_MS) throw later('more-pieces', `${voiced.length} of ${pieces.length} pieces`, 1)
    voiced.push(await voicePiece(deps, line, piece, deed))
  }
  return voiced
}
