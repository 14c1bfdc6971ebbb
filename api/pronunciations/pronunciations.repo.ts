import type { Database, Transaction } from '../../prisma/client.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import type { PersonId } from '../http/authorized.ts'
import type { Language } from '../../shared/text.ts'

/** A person's dictionary, or with `episodeId` that of one episode alone, in its own order. */
export async function dictionaryOf(
  db: Database | Transaction,
  userId: PersonId,
  episodeId: string | null = null,
): Promise<Pronunciation[]> {
  const rows = await db.pronunciation.findMany({ where: { userId, episodeId }, orderBy: { position: 'asc' } })
  return rows.map(({ word, say, language }) => ({ word, say, ...(language && { language: language as Language }) }))
}

/** Puts a list in the place of the one there was. Whoever comes at the same moment waits, and the last one stays. */
export async function replaceDictionary(
  tx: Transaction,
  userId: PersonId,
  episodeId: string | null,
  entries: readonly Pronunciation[],
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR NO KEY UPDATE`
  await tx.pronunciation.deleteMany({ where: { userId, episodeId } })
  await tx.pronunciation.createMany({
    data: entries.map(({ word, say, language }, position) => ({
      userId,
      episodeId,
      position,
      word,
      say,
      language: language ?? null,
    })),
  })
}
