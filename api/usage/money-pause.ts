import type { Reader } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { heldCodes, nextDay, nextMonth } from '../../shared/spending.ts'
import type { EpisodeRow } from '../episodes/episodes.repo.ts'

const caps = Object.fromEntries(Object.entries(heldCodes).map(([cap, code]) => [code, cap])) as Record<
  string,
  keyof typeof heldCodes
>

/** Why an episode waits for money, what is still to be paid for it as far as it is written, and when it goes on by itself. */
export async function moneyPauseOf(db: Reader, { status, failureCode, versions }: EpisodeRow) {
  const cap = status === 'paused_budget' ? caps[failureCode ?? ''] : undefined
  if (!cap) return null
  const [row] = await db.$queryRaw<{ left: bigint }[]>`
    SELECT coalesce(sum(ceil(char_length(l.text) * p.micro_usd::numeric / p.per_units)), 0)::bigint AS "left"
    FROM lines l JOIN voices v ON v.id = l.voice_id JOIN LATERAL (
      SELECT micro_usd, per_units FROM prices
      WHERE provider = v.provider AND model = v.model AND unit = 'character' AND effective_from <= now()
      ORDER BY effective_from DESC LIMIT 1) p ON true
    WHERE l.version_id = ${versions[0]!.id}::uuid AND l.status NOT IN ('ready', 'skipped')`
  const now = new Date()
  const resumesAt = cap === 'day' ? nextDay(now) : cap === 'plan' ? nextMonth(now) : null
  return { cap, leftMicroUsd: toNumber(row!.left), resumesAt: resumesAt?.toISOString() ?? null }
}
