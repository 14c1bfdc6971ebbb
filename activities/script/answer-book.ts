import { passing } from '../../shared/crash-points.ts'
import { cancelCall, failCall, openCall, settleCall } from '../cost/ledger.ts'
import type { Call } from '../cost/ledger.ts'
import type { Deps } from '../deps.ts'
import { later } from '../failures.ts'
import { removeObject, sha256 } from '../storage/objects.ts'
import { expectStore, patiently, storeAnswer } from '../storage/store-answer.ts'
import { retriedCodes } from './model-errors.ts'
import { ScriptFailed } from './port.ts'
import type { AnswerBook, Usage } from './port.ts'
import { tokensIn } from './token-count.ts'

/** Tries of one deed that broke off after they were charged, before a person is asked. */
const MAX_BROKEN = 3
/**
 * More than an outline or a section usually takes. The model may write four times as much; to put that aside for each question would stop a
 * small budget long before it is spent.
 */
const LONG_ANSWER_TOKENS = 4_000
/** Paid, but the store would not keep it. */
const NOT_KEPT = 'answer_not_kept'

/** The book of one deed: `buyer` is who pays for what; everything asked is a row of its own in the ledger, under `part`. */
export interface DeedBook extends AnswerBook {
  /** The deed is done, and what it made is stored: its answers are not needed any more. */
  close(): Promise<void>
}

/**
 * A question's row is written before it is asked; its whole answer is stored and settled before the next one is. So a deed that is tried
 * again after a crash, or when there is money again, gets its answers from here, and only what was in flight is bought again. Begun anew by
 * a person, a deed asks anew: what failed for good has closed its book.
 */
export function openBook(deps: Deps, buyer: Omit<Call, 'contentKey' | 'expected'>, part: string): DeedBook {
  const { db, store } = deps
  const inThisPart = {
    versionId: buyer.versionId,
    contentKey: { startsWith: `${part}:` },
    attempt: { startsWith: buyer.attemptPrefix },
  }
  const questionKey = (question: string) => `${part}:${sha256(question).slice(0, 32)}:`
  // A deed's own, so that one that is begun anew may buy the same answer again.
  const keyOf = (question: string) => `${questionKey(question)}${sha256(buyer.attemptPrefix).slice(0, 16)}`

  return {
    async kept(question) {
      const row = await db.usageLog.findFirst({
        where: { contentKey: { startsWith: questionKey(question) }, status: 'settled', answerKey: { not: null } },
        select: { answerKey: true },
      })
      // A book that was being closed when its worker died has rows without an answer.
      if (!row?.answerKey || !(await db.storedObject.findUnique({ where: { key: row.answerKey } }))) return undefined
      return Buffer.from(await store.get(row.answerKey)).toString()
    },

    async open(question) {
      await refuseTooMany()
      await expectStore(store)
      const contentKey = keyOf(question)
      const expected = { input: tokensIn(question), output: LONG_ANSWER_TOKENS }
      const call = await openCall(db, { ...buyer, contentKey, expected })
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
          await patiently(() =>
            db.$transaction(async (tx) => {
              await tx.usageLog.update({ where: { id: call.id }, data: { answerKey, answeredAt: new Date() } })
              await settleCall(tx, call, unitsOf(usage))
            }),
          )
          passing('script.settled')
        },
        failed: (code, usage) =>
          code === 'stopped' ? cancelCall(db, call, usage && unitsOf(usage)) : failCall(db, call, code, usage && unitsOf(usage)),
      }
    },

    async close() {
      const kept = { versionId: buyer.versionId ?? null, contentKey: { startsWith: `${part}:` }, answerKey: { not: null } }
      const rows = await db.usageLog.findMany({ where: kept, select: { answerKey: true } })
      for (const { answerKey } of rows) await removeObject(deps, answerKey!)
      await db.usageLog.updateMany({ where: kept, data: { answerKey: null } })
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
