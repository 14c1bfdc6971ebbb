import type { Database } from '../../prisma/client.ts'
import type { Speaker } from '../episodes/brief.ts'
import type { Brief } from '../episodes/episodes.schema.ts'
import { own } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'

/**
 * The brief with what its show says in place of what it leaves open: language, and who speaks. A script names its own speakers, and one who
 * speaks alone is the show's first. Throws `not-found` for a show that is not the caller's.
 */
export async function showDefaults(db: Database, { userId }: Caller, brief: Brief): Promise<Brief> {
  if (!brief.showId) return brief
  const refusal = () => new HttpProblem('not-found', 'There is no such show among yours. Nothing was stored or charged.')
  const show = own(userId, await db.show.findFirst({ where: { id: brief.showId, userId } }), refusal)
  const voices = show.defaultVoices as unknown as Speaker[]
  const isScript = brief.sources.some(({ type }) => type === 'script')
  const isAlone = brief.kind === 'narration' || brief.format === 'monologue'
  const speakers = brief.speakers ?? (isScript || voices.length === 0 ? undefined : isAlone ? voices.slice(0, 1) : voices)
  return { ...brief, language: brief.language ?? (show.language as Brief['language']), ...(speakers && { speakers }) }
}
