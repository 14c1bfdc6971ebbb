import type { Database } from './client.ts'

/** The moment that the newest verified backup holds; `null` when there is none. What is newer would be lost today. */
export async function newestVerifiedBackupAt(db: Database): Promise<Date | null> {
  const newest = await db.backup.findFirst({
    where: { status: 'verified', takenAt: { not: null } },
    orderBy: { takenAt: 'desc' },
    select: { takenAt: true },
  })
  return newest?.takenAt ?? null
}
