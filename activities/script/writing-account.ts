import type { Transaction } from '../../prisma/client.ts'
import type { VersionRef } from '../../workflows/contract.ts'
import { cancelCall, failCall, openCall, settleCall } from '../cost/ledger.ts'
import type { Call } from '../cost/ledger.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { isForGood, later, never, person, stopped } from '../failures.ts'
import { openBook, unitsOf } from './answer-book.ts'
import { ScriptFailed } from './port.ts'
import type { ScriptWriter, Usage, WriterOptions } from './port.ts'

interface Part extends VersionRef {
  name: string
}

/** What a deed does, and what it stores of it together with the end of its account. */
interface Doing<T> {
  work: (options: WriterOptions) => Promise<T>
  keep: (tx: Transaction, made: T) => Promise<unknown>
}

/** A deed of writing with its account: a row in the ledger for each question to a paid model, or one for the whole of a plain writer's deed. */
export async function accounted<T extends { usage?: Usage | undefined }>(
  deps: Deps,
  { userId, writer }: { userId: string; writer: ScriptWriter },
  { name, episodeId, versionId }: Part,
  deed: Deed,
  { work, keep }: Doing<T>,
): Promise<T> {
  const { attempt, attemptPrefix, signal } = deed
  const units = writer.accounts === 'question' ? { unit: 'input-token', outputUnit: 'output-token' } : { unit: 'character' }
  const { provider, model } = writer
  const buyer = { userId, episodeId, versionId, step: 'script' as const, provider, model, ...units, attempt, attemptPrefix }
  const part = `script:${versionId}:${name}`
  const book = openBook(deps, buyer, part)
  try {
    if (writer.accounts === 'deed')
      return await inOneRow(deps, { ...buyer, contentKey: part, expected: 0 }, { signal, book }, { work, keep })
    const made = await work({ signal, book })
    await deps.db.$transaction((tx) => keep(tx, made))
    await book.close()
    return made
  } catch (error) {
    const failure = signal.aborted ? stopped(signal) : asFailure(error)
    if (isForGood(failure)) await book.close()
    throw failure
  }
}

async function inOneRow<T extends { usage?: Usage | undefined }>(
  { db }: Deps,
  buyer: Call,
  options: WriterOptions,
  { work, keep }: Doing<T>,
): Promise<T> {
  const call = await openCall(db, buyer)
  try {
    const made = await work(options)
    await db.$transaction(async (tx) => {
      await settleCall(tx, call, unitsOf(made.usage ?? { inputUnits: 0, outputUnits: 0 }))
      await keep(tx, made)
    })
    return made
  } catch (error) {
    if (options.signal.aborted) await cancelCall(db, call)
    else if (error instanceof ScriptFailed) await failCall(db, call, error.code)
    throw error
  }
}

function asFailure(error: unknown): unknown {
  if (!(error instanceof ScriptFailed)) return error
  const { code, message, retryable, waitsForPerson, retryAfterMs } = error
  if (retryable) return later(code, message, retryAfterMs)
  return waitsForPerson ? person(code, message) : never(code, message)
}
