import { passing } from '../../shared/crash-points.ts'
import type { Language } from '../../shared/text.ts'
import { AudioRejected } from '../audio/audio-rejected.ts'
import { failCall, settleCall } from '../cost/ledger.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, stopped } from '../failures.ts'
import { removeObject } from '../storage/objects.ts'
import { askProvider } from './ask-provider.ts'
import type { Bought } from './ask-provider.ts'
import { heardText } from './said-text.ts'
import type { Piece } from './said-text.ts'
import type { LineRow } from './voice-line.ts'

/**
 * One piece of a line, to an answer that passed the gate. Its call is settled here and its answer stays kept, so that it is not bought again
 * whatever becomes of the rest of the line. Throws a failure that says whether to come again.
 */
export async function voicePiece(deps: Deps, line: LineRow, piece: Piece, deed: Deed): Promise<Bought> {
  const bought = await askProvider(deps, line, piece, deed)
  await Promise.all([accept(deps, line, piece, bought, deed), bought.answerKey])
  if (!bought.isSettled) await settleCall(deps.db, bought.call, bought.answer.units)
  passing('speech.settled')
  return bought
}

async function accept(deps: Deps, { position, voice, version }: LineRow, { text }: Piece, bought: Bought, { signal }: Deed) {
  const { unitsPerSecond } = voice.settings as { unitsPerSecond?: number }
  const language = version.episode.language as Language
  const spoken = { text: heardText(text, language), language, ...(unitsPerSecond && { unitsPerSecond }) }
  try {
    await deps.sound.accept(bought.answer, spoken, { position })
  } catch (error) {
    throw await afterRejection(deps, [bought], error, signal)
  }
}

/** Answers that cannot be used are let go, their calls failed though charged; what is thrown then says whether to come again. */
export async function afterRejection(deps: Deps, bought: Bought[], error: unknown, signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) {
    // Their ends belong to the money that is settled once nothing is at work any more.
    await Promise.allSettled(bought.map(({ answerKey }) => answerKey))
    return stopped(signal)
  }
  if (!(error instanceof AudioRejected)) return error
  for (const { call, answer, answerKey } of bought) {
    const key = await answerKey
    await failCall(deps.db, call, error.code, answer.units)
    await removeObject(deps, key)
  }
  return later(error.code, error.message)
}
