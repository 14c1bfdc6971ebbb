import { HOUSE_ROLE } from '../../prisma/identity.ts'
import type { Figures } from '../../shared/backup/figures.ts'
import { withClient } from '../../shared/backup/sql-client.ts'

/** By what it is called in a report: the tables whose every row the application must find. */
const counted = {
  users: 'users',
  episodes: 'episodes',
  lines: 'lines',
  voices: 'voices',
  prices: 'prices',
  calls: 'usage_logs',
}
const counts = Object.entries(counted).map(([name, table]) => `(SELECT count(*)::float8 FROM public.${table}) AS ${name}`)

/** The newest work with all that hangs on it: what a person would ask for first. */
const newest = `
  SELECT e, u, v, l, s, r, t
    FROM (SELECT * FROM public.episodes ORDER BY created_at DESC LIMIT 1) e
    JOIN public.users u ON u.id = e.user_id
    LEFT JOIN public.versions v ON v.episode_id = e.id
    LEFT JOIN public.lines l ON l.version_id = v.id
    LEFT JOIN public.segments s ON s.content_key = l.segment_key
    LEFT JOIN public.renders r ON r.version_id = v.id
    LEFT JOIN public.steps t ON t.version_id = v.id`

/**
 * Reads a restored database as the application does: signed in as its own role, so that rights and policies are tried too. In plain SQL, for a kept backup may
 * be of a release before this one. Answers what it saw.
 */
export async function smokeRead(url: string): Promise<Record<string, number>> {
  return withClient(url, async (client) => {
    // Before there was a house, the application saw everything by itself.
    const { rows: roles } = await client.query<{ isHoused: boolean | null }>(
      `SELECT has_table_privilege(to_regrole($1)::oid, 'public.users', 'SELECT') AS "isHoused"`,
      [HOUSE_ROLE],
    )
    if (roles[0]!.isHoused) await client.query(`SET ROLE ${HOUSE_ROLE}`)
    const { rows } = await client.query<Record<string, number>>(`SELECT ${counts.join(', ')}`)
    await client.query(newest)
    return rows[0]!
  })
}

/** What of a restored database the application saw less of, or more, than there is: its rights let it, and still it is not the same database to it. */
export const notSeen = (smoke: Record<string, number>, { tables }: Pick<Figures, 'tables'>): string[] =>
  Object.entries(counted).flatMap(([name, table]) => (smoke[name] === tables[`public.${table}`]?.rows ? [] : [name]))
