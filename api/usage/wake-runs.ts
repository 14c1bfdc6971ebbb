import type { Prisma, Transaction } from '../../prisma/client.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'

export interface WakeOrder {
  workflowId: string
}

/**
 * Tells the runs that wait for money that a cap was changed, once this transaction is done: each looks for itself whether it may go on. To be
 * called after the cap's row was written, for a run that pauses at this moment locks that row too.
 */
export async function wakeRuns(tx: Transaction, which: Prisma.EpisodeWhereInput): Promise<string[]> {
  const paused = await tx.episode.findMany({
    where: { ...which, status: 'paused_budget' },
    select: { currentVersion: true, versions: { select: { number: true, workflowId: true } } },
  })
  const orders = paused.map(({ currentVersion, versions }): WakeOrder => {
    const { workflowId } = versions.find(({ number }) => number === currentVersion)!
    return { workflowId }
  })
  const sent: string[] = []
  for (const order of orders) sent.push(await writeOrder(tx, 'wake-run', `${order.workflowId}:${crypto.randomUUID()}`, order))
  return sent
}
