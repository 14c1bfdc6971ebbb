import type { Prisma } from '../../prisma/client.ts'
import { HOUSE_USER_ID } from '../../shared/house.ts'
import { testContentKey, testText } from '../../shared/provider-test.ts'
import type { Activities } from '../../workflows/contract.ts'
import { settleCall } from '../cost/ledger.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { codeOf, never, stopped } from '../failures.ts'
import { removeObject } from '../storage/objects.ts'
import { keptAnswer, speakFor } from './ask-provider.ts'
import type { SpeechOrder } from './ask-provider.ts'
import { afterRejection } from './voice-piece.ts'

type Voice = Prisma.VoiceGetPayload<object>

/** Behind every line that somebody waits for. */
const LAST = { position: Infinity }

/** One small call through everything that a line passes: place, caps, ledger, answer kept, gate. Paid by the house. */
export function providerTestDeeds(deps: Deps): Pick<Activities, 'testProvider'> {
  return {
    testProvider: ({ testId }) => beating((deed) => testProvider(deps, testId, deed)),
  }
}

async function testProvider(deps: Deps, testId: string, deed: Deed): Promise<void> {
  const test = await deps.db.providerTest.findUniqueOrThrow({ where: { id: testId } })
  if (test.status !== 'calling') return
  const voice = await deps.db.voice.findUniqueOrThrow({ where: { id: test.voiceId } })
  const end = await call(deps, orderOf(voice, testId, deed), deed).then(
    () => ({ status: 'answered' as const }),
    (error: unknown) => {
      // A worker that stops gives the test to another one; everything else is what somebody wanted to know.
      if (deed.signal.aborted) throw stopped(deed.signal)
      const { code, detail } = codeOf(error)
      return { status: 'failed' as const, failureCode: code, failureDetail: detail.slice(0, 500) }
    },
  )
  await deps.db.providerTest.updateMany({ where: { id: testId, status: 'calling' }, data: { ...end, endedAt: new Date() } })
}

async function call(deps: Deps, order: SpeechOrder, deed: Deed): Promise<void> {
  const { contentKey } = order.call
  const kept = await keptAnswer(deps, contentKey, deed)
  const bought = kept ?? (await speakFor(deps, order, deed, () => refuseSecond(deps, contentKey)))
  try {
    await deps.sound.accept(bought.answer, testText, LAST)
  } catch (error) {
    throw await afterRejection(deps, [bought], error, deed.signal)
  }
  const answerKey = await bought.answerKey
  await deps.db.$transaction(async (tx) => {
    if (!bought.isSettled) await settleCall(tx, bought.call, bought.answer.units)
    await tx.usageLog.update({ where: { id: bought.call.id }, data: { answerKey: null } })
  })
  await removeObject(deps, answerKey)
}

/** A worker may have died between the call and its answer: the test is over then, not made and paid again. */
async function refuseSecond({ db }: Deps, contentKey: string): Promise<void> {
  const earlier = await db.usageLog.findFirst({ where: { contentKey }, select: { outcome: true } })
  if (earlier) throw never(earlier.outcome ?? 'nobody-knows', 'the call was made, and its answer was lost')
}

function orderOf(voice: Voice, testId: string, { attempt, attemptPrefix }: Deed): SpeechOrder {
  const { provider, model, providerVoice, settings } = voice
  return {
    call: {
      userId: HOUSE_USER_ID,
      step: 'test',
      provider,
      model,
      unit: 'character',
      contentKey: testContentKey(testId),
      attempt,
      attemptPrefix,
      expected: [...testText.text].length,
    },
    request: { ...testText, model, voice: { providerVoice, settings: settings as Record<string, unknown> } },
  }
}
