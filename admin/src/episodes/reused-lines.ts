import type { AdminEpisodeDetail, AdminLine } from '../records.ts'

/** When the newest version was ordered; calls before it belong to older ones. */
export const orderedAt = ({ episode, version, createdAt }: AdminEpisodeDetail): string =>
  episode.versions.find(({ number }) => number === version)?.createdAt ?? createdAt

/** Ready lines nobody was asked for: their sound was stored already, and cost nothing. */
export function reusedLines(episode: AdminEpisodeDetail): AdminLine[] {
  const since = orderedAt(episode)
  const asked = new Set(episode.usageLogs.filter(({ startedAt }) => startedAt >= since).map(({ linePosition }) => linePosition))
  return episode.lines.filter(({ status, position }) => status === 'ready' && !asked.has(position))
}
