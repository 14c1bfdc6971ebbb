import type { Run } from './launch.ts'

export interface Mail {
  messageId: string
  from: string
  to: string[]
  subject: string
  text: string
}

/** Every mail to an address that the product's own mail server has taken, the newest first. */
export async function mailsTo(run: Run, address: string): Promise<Mail[]> {
  const mails = (await (await fetch(new URL('mails.json', run.mail))).json()) as Mail[]
  return mails.filter(({ to }) => to.includes(address))
}

/** Waits for so many mails to an address, and answers the newest. */
export async function mailTo(run: Run, address: string, count = 1, withinMs = 30_000): Promise<Mail> {
  for (const end = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const mails = await mailsTo(run, address)
    if (mails.length >= count) return mails[0]!
    if (Date.now() > end) throw new Error(`${mails.length} mails to ${address}, not ${count}`)
  }
}

/** The token in the link of a mail. */
export const tokenIn = ({ text }: Mail): string => decodeURIComponent(/[?&]token=([^\s&]+)/.exec(text)![1]!)
