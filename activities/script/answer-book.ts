import { passing } from '../../shared/crash-points.ts'
import { cancelCall, failCall, openCall, settleCall } from '../cost/ledger.ts'
import type { Call } from '../cost/ledger.ts'
import type { Deps } from '../deps.ts'
import { later } from '../failures.ts'
import { removeObject, sha256 } from '../storage/objects.ts'
import { expectStore, storeAnswer } from '../storage/store-answer.ts'
import { retriedCodes } from './model-errors.ts'
import { ScriptFailed } from './port.ts'
import type { AnswerBook, Usage } from './port.ts'

/** Tries of one deed that broke off after they were charged, before a person is asked. */
const MAX_BROKEN = 3
/** Paid, but the store would not keep it. */
const NOT_KEPT = 'answer_not_kept'

/** The book of one deed: `buyer` is who pays for what; everything asked is a row of its own in the ledger, under `part`. */
export interface DeedBook extends AnswerBook {
  /** The deed is done, and what it made is stored: its answers are not needed any more. */
  close(): Promise<void>
}

/**
 * A question's row is written before it is asked; its whole answer is stored and settled before the next one is. So a deed that is tried
 * again after a crash gets its answers from here, and only what was in flight is bought again. Begun anew by a
 * person, a deed asks anew.
 */
export function openBook(deps: Deps, buyer: Omit<Call, 'contentKey'>, part: string): DeedBook {
  const { db, store } = deps
  const inThisPart = {
    versionId: buyer.versionId,
    contentKey: { startsWith: `${part}:` },
    attempt: { startsWith: buyer.attemptPrefix },
  }
  const keyOf = (question: string) => `${part}:${sha256(`${buyer.attemptPrefix}\n${question}`).slice(0, 32)}`

  return {
    async kept(question) {
      const row = await db.usageLog.findFirst({
        where: { contentKey: keyOf(question), status: 'settled' },
        select: { answerKey: true },
      })
      return row?.answerKey ? Buffer.from(await store.get(row.answerKey)).toString() : undefined
    },

    async open(question) {
      await refuseTooMany()
      await expectStore(store)
      const contentKey = keyOf(question)
      const call = await openCall(db, { ...buyer, contentKey })
      passing('script.opened')
      return {
        async answered(words, usage) {
          passing('script.answered')
          const answerKey = `answers/${sha256(contentKey)}/${sha256(words)}.txt`
          try {
            await storeAnswer(deps, answerKey, Buffer.from(words), { contentType: 'text/plain; charset=utf-8' })
          } catch (error) {
            await failCall(db, call, NOT_KEPT, unitsOf(usage))
            throw later(NOT_KEPT, `the answer could not be stored: ${String(error)}`)
          }
          passing('script.stored')
          await db.$transaction(async (tx) => {
            await tx.usageLog.update({ where: { id: call.id }, data: { answerKey, answeredAt: new Date() } })
            await settleCall(tx, call, unitsOf(usage))
          })
          passing('script.settled')
        },
        failed: (code, usage) =>
          code === 'stopped' ? cancelCall(db, call, usage && unitsOf(usage)) : failCall(db, call, code, usage && unitsOf(usage)),
      }
    },

    async close() {
      const rows = await db.usageLog.findMany({ where: { ...inThisPart, answerKey: { not: null } }, select: { answerKey: true } })
      for (const { answerKey } of rows) await removeObject(deps, answerKey!)
      await db.usageLog.updateMany({ where: inThisPart, data: { answerKey: null } })
    },
  }

  async function refuseTooMany(): Promise<void> {
    const broken = await db.usageLog.findMany({
      where: { ...inThisPart, status: 'failed', costMicroUsd: { not: null }, outcome: { in: [...retriedCodes, NOT_KEPT] } },
      orderBy: { startedAt: 'desc' },
      take: MAX_BROKEN,
      select: { outcome: true },
    })
    if (broken.length < MAX_BROKEN) return
    throw new ScriptFailed(broken[0]!.outcome!, `the model's answer broke off ${MAX_BROKEN} times and was charged each time`, {
      retryable: false,
      waitsForPerson: true,
    })
  }
}

export const unitsOf = ({ inputUnits, outputUnits }: Usage) => ({ input: inputUnits, output: outputUnits })
