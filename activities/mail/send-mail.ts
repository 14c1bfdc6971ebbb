import type { Activities } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { later } from '../failures.ts'
import { write } from './letters.ts'
import type { MailTransport } from './transport.ts'

type Deeds = Pick<Activities, 'sendMail'>

const NO_SERVER_RETRY_MS = 60_000

/**
 * A letter is sent once: its row says `done` when the server has it. Killed between the two, the next try sends it again under the same
 * Message-ID, which is the most that SMTP allows.
 */
export function mailDeeds({ db, mail, logger }: Deps): Deeds {
  return {
    async sendMail({ mailId }) {
      const row = await db.mail.findUnique({ where: { id: mailId } })
      if (row?.status !== 'pending') return
      if (typeof mail === 'string') throw later('mail-off', mail, NO_SERVER_RETRY_MS)
      const refusal = await bring(mail, row)
      if (refusal) logger.warn({ mailId, refusal }, 'a mail was refused for good')
      const end = refusal ? ({ status: 'refused', refusal } as const) : ({ status: 'done' } as const)
      await db.mail.updateMany({ where: { id: mailId }, data: { ...end, words: {}, endedAt: new Date() } })
    },
  }
}

interface Row {
  id: string
  kind: string
  recipient: string
  language: string
  words: unknown
}

/** Brings it to the server; answers what that said when it will never take it. Throws when it may later. */
async function bring({ from, webUrl, transporter }: MailTransport, row: Row): Promise<string | undefined> {
  const words = row.words as Record<string, string>
  const link = words.link ?? (words.episodeId ? `${webUrl}/episodes/${words.episodeId}` : webUrl)
  const written = write(row.kind, row.language, { ...words, link })
  try {
    const host = new URL(webUrl).hostname
    await (
      await transporter()
    ).sendMail({ from, to: { name: '', address: row.recipient }, messageId: `<${row.id}@${host}>`, ...written })
    return undefined
  } catch (error) {
    const { responseCode = 0, message } = error as { responseCode?: number; message: string }
    // 5xx is the server's word for never; sign-in (535) and the like are ours to mend, not this letter's.
    if (responseCode >= 550 && responseCode < 560) return message.slice(0, 500)
    throw later('mail-not-taken', message.slice(0, 500))
  }
}
