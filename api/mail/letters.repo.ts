import type { Database } from '../../prisma/client.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import type { Outbox } from '../outbox.ts'

/** A mail to be sent to somebody, in their language. `words` is what its kind says, such as a link; it is forgotten once it is sent. */
export interface Letter {
  kind: 'verify' | 'change-email' | 'reset' | 'registered'
  userId: string
  recipient: string
  language: string
  words: Record<string, string>
}

/** Writes a letter and the order to send it, both or neither; it goes out a moment later, and after every outage. */
export async function post(db: Database, outbox: Outbox, letter: Letter): Promise<void> {
  const order = await db.$transaction(async (tx) => {
    const { id } = await tx.mail.create({ data: letter, select: { id: true } })
    return writeOrder(tx, 'send-mail', id, { mailId: id })
  })
  outbox.sendSoon(order)
}
