/** A look into the books; the caller says through which connection. */
export type Ask = (sql: string) => Promise<Record<string, unknown>[]>

const held = `CASE WHEN c.status IN ('started', 'unknown') THEN c.held_micro_usd ELSE 0 END`

/** What a call did to money, as the journal tells it. */
const journal = `SELECT call_id,
    sum(amount_micro_usd) FILTER (WHERE kind = 'reserve') AS reserved,
    coalesce(sum(amount_micro_usd) FILTER (WHERE kind = 'settle'), 0) AS settled,
    coalesce(sum(amount_micro_usd) FILTER (WHERE kind = 'release'), 0) AS released
  FROM money_movements GROUP BY call_id`

const invariants: Record<string, string> = {
  // Both sides of every movement: what was put aside is spent, given back, or still put aside.
  'a call whose movements do not balance': `SELECT c.id, j.* FROM usage_logs c LEFT JOIN (${journal}) j ON j.call_id = c.id
    WHERE coalesce(j.reserved, 0) <> coalesce(j.settled, 0) + coalesce(j.released, 0) + ${held}`,
  'a call that cost something else than the journal says': `SELECT c.id, c.cost_micro_usd, j.settled FROM usage_logs c
    LEFT JOIN (${journal}) j ON j.call_id = c.id WHERE coalesce(c.cost_micro_usd, 0) <> coalesce(j.settled, 0)`,
  'an account that is not the sum of its calls': `SELECT a.*, l.held, l.spent FROM spending_accounts a FULL JOIN (
      SELECT name, sum(${held}) AS held, sum(coalesce(c.cost_micro_usd, 0)) AS spent
      FROM usage_logs c, LATERAL spending_accounts_of(c) AS name GROUP BY name) l ON l.name = a.account
    WHERE (coalesce(a.held_micro_usd, 0) <> coalesce(l.held, 0) OR coalesce(a.spent_micro_usd, 0) <> coalesce(l.spent, 0))
      -- The accounts of what was removed are closed; its calls stay in the ledger.
      AND (a.account IS NOT NULL OR split_part(l.name, ':', 1) IN ('house', 'user')
        OR EXISTS (SELECT 1 FROM episodes WHERE 'episode:' || id = l.name) OR EXISTS (SELECT 1 FROM versions WHERE 'version:' || id = l.name))`,
  'a settled call with money still put aside or without a price': `SELECT id FROM usage_logs
    WHERE status = 'settled' AND (cost_micro_usd IS NULL OR price_per_units <= 0)`,
  'a reservation settled with another sum than its calls': `SELECT r.version_id FROM reservations r WHERE r.status = 'settled'
    AND r.spent_micro_usd <> (SELECT coalesce(sum(cost_micro_usd), 0) FROM usage_logs c WHERE c.version_id = r.version_id)`,
  'an ended episode with money still set aside': `SELECT r.version_id FROM reservations r
    JOIN versions v ON v.id = r.version_id JOIN episodes e ON e.id = v.episode_id
    WHERE e.status IN ('ready', 'cancelled', 'failed') AND r.status = 'open'`,
  'an episode that cost more than its budget': `SELECT e.id, e.budget_micro_usd, a.spent_micro_usd FROM episodes e
    JOIN spending_accounts a ON a.account = 'episode:' || e.id WHERE a.spent_micro_usd > e.budget_micro_usd
      AND NOT EXISTS (SELECT 1 FROM usage_logs c WHERE c.episode_id = e.id AND c.cost_micro_usd > c.held_micro_usd)`,
}

/** What must hold of money at any time, whatever happened. Answers a sentence for each thing that does not. */
export async function moneyFaults(ask: Ask): Promise<string[]> {
  const found: string[] = []
  for (const [sentence, sql] of Object.entries(invariants)) {
    const bad = await ask(sql)
    if (bad.length > 0) found.push(`${sentence}: ${JSON.stringify(bad.slice(0, 3))}`)
  }
  return found
}
