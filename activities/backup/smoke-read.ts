import { createDatabase } from '../../prisma/client.ts'

/**
 * Reads a restored database as the application does: through its own client, signed in as its own role, so that rights and policies are tried too.
 * Answers what it saw.
 */
export async function smokeRead(url: string): Promise<Record<string, number>> {
  const db = createDatabase(url, 2, { who: () => 'house' })
  try {
    const [users, episodes, lines, voices, prices, calls] = await Promise.all([
      db.user.count(),
      db.episode.count(),
      db.line.count(),
      db.voice.count(),
      db.price.count(),
      db.usageLog.count(),
    ])
    // The newest work with all that hangs on it: what a person would ask for first.
    await db.episode.findFirst({
      orderBy: { createdAt: 'desc' },
      include: { versions: { include: { lines: { include: { segment: true } }, render: true, steps: true } }, user: true },
    })
    return { users, episodes, lines, voices, prices, calls }
  } finally {
    await db.$disconnect()
  }
}
