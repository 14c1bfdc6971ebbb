import type { z } from 'zod'
import type { Database, Prisma } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { testContentKey, testText } from '../../shared/provider-test.ts'
import type { ProviderTestInput } from '../../workflows/contract.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Outbox } from '../outbox.ts'
import { allVoices } from '../voices/voices.repo.ts'
import type { OfferedVoice, Providers } from '../voices/voices.repo.ts'
import { audit } from './audit.ts'
import type { Act } from './audit.ts'
import type { providerTestSchema } from './provider-test.schema.ts'

/** A test that has not ended by now never will: its workflow is gone. */
const LONGEST_MS = 10 * 60_000

interface TestDeps {
  db: Database
  providers: Providers
}

type TestRow = Prisma.ProviderTestGetPayload<object>

/** What a test call of a provider would cost, and how the last one went. */
export async function testsOf(deps: TestDeps, provider: string) {
  const [voice, last] = await Promise.all([
    cheapestVoice(deps, provider),
    deps.db.providerTest.findFirst({ where: { provider }, orderBy: { startedAt: 'desc' } }),
  ])
  return { offer: voice ? offerOf(voice) : null, last: last && (await view(deps.db, last)) }
}

/** Written down with its order and its record. Refused while one is still being made: two at once say no more than one. */
export async function orderTest(
  { db, outbox, providers }: TestDeps & { outbox: Outbox },
  provider: string,
  by: Pick<Act, 'caller' | 'requestId'>,
) {
  const voice = await cheapestVoice({ db, providers }, provider)
  if (!voice)
    throw new HttpProblem(
      'wrong-state',
      'It cannot be called now: it has no key, or none of its voices has a price. Nothing was charged.',
    )
  const { test, orderId } = await db.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE provider_tests IN SHARE ROW EXCLUSIVE MODE`
    const startedAt = { gt: new Date(Date.now() - LONGEST_MS) }
    if (await tx.providerTest.findFirst({ where: { provider, status: 'calling', startedAt } }))
      throw new HttpProblem('wrong-state', 'A test call is being made; wait for its end. Nothing more was charged.')
    const row = await tx.providerTest.create({ data: { provider, voiceId: voice.id, requestedBy: by.caller.userId } })
    const order: ProviderTestInput = { testId: row.id, provider }
    const after = { test: row.id, ...offerOf(voice) }
    await audit(tx, { ...by, action: 'provider.test-call', subject: `provider:${provider}`, before: null, after })
    return { test: row, orderId: await writeOrder(tx, 'test-provider', row.id, order) }
  })
  outbox.sendSoon(orderId)
  return view(db, test)
}

async function cheapestVoice({ db, providers }: TestDeps, provider: string): Promise<OfferedVoice | undefined> {
  const voices = await allVoices(db, providers)
  return voices
    .filter((voice) => voice.provider === provider && voice.available && voice.languages.includes(testText.language))
    .toSorted((a, b) => (a.microUsdPerThousandCharacters ?? Infinity) - (b.microUsdPerThousandCharacters ?? Infinity))[0]
}

function offerOf({ name, model, microUsdPerThousandCharacters: price }: OfferedVoice) {
  const characters = [...testText.text].length
  return { voice: name, model, characters, costMicroUsd: Math.ceil(((price ?? 0) * characters) / 1000) }
}

async function view(db: Database, row: TestRow): Promise<z.input<typeof providerTestSchema>> {
  const [call, person] = await Promise.all([
    db.usageLog.findFirst({ where: { contentKey: testContentKey(row.id) }, orderBy: { startedAt: 'desc' } }),
    db.user.findFirst({ where: { id: row.requestedBy }, select: { email: true } }),
  ])
  return {
    id: row.id,
    status: row.status,
    requestedBy: person?.email ?? row.requestedBy,
    failure: row.failureCode === null ? null : { code: row.failureCode, detail: row.failureDetail ?? '' },
    costMicroUsd: call ? toNumber(call.costMicroUsd ?? 0n) : null,
    durationMs: call?.durationMs ?? null,
    startedAt: row.startedAt.toISOString(),
  }
}
