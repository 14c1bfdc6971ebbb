import type { Database } from '../../prisma/client.ts'
import { detectLanguage, estimateDurationMs } from '../../shared/text.ts'
import type { LineRef, VersionRef } from '../../workflows/contract.ts'

/** Lines without sound as the workflow carries them, in order; of one section, or of the whole version; without those `butNot` names. */
export async function lineRefs(
  db: Database,
  { episodeId, versionId, section }: VersionRef & { section?: number },
  butNot: 'failed'[] = [],
): Promise<LineRef[]> {
  const lines = await db.line.findMany({
    where: { versionId, ...(section !== undefined && { section }), status: { notIn: ['ready', 'skipped', ...butNot] } },
    orderBy: { position: 'asc' },
    include: { voice: { select: { provider: true } } },
  })
  return lines.map(({ id, position, text, voice }) => ({
    episodeId,
    versionId,
    lineId: id,
    position,
    provider: voice.provider,
    estimatedMs: estimateDurationMs(text, detectLanguage(text)),
  }))
}
