import type { Transporter } from 'nodemailer'

const CALL_MS = 10_000

/** How mails leave. `webUrl` is where their links lead. */
export interface MailTransport {
  from: string
  webUrl: string
  /** Connects with the first mail; later ones use the same connections. */
  transporter: () => Promise<Transporter>
}

interface MailSettings {
  SMTP_URL?: string | undefined
  MAIL_FROM: string
  PUBLIC_URL: string
  WEB_URL?: string | undefined
}

/** The transport that the settings describe, or in words why there is none. */
export function mailTransportFrom({ SMTP_URL, MAIL_FROM, PUBLIC_URL, WEB_URL }: MailSettings): MailTransport | string {
  if (!SMTP_URL) return 'SMTP_URL is not set'
  const open = async () => {
    const { createTransport } = await import('nodemailer')
    const times = { connectionTimeout: CALL_MS, greetingTimeout: CALL_MS, socketTimeout: CALL_MS }
    return createTransport({ url: SMTP_URL, pool: true, maxConnections: 2, ...times })
  }
  let opened: Promise<Transporter> | undefined
  return { from: MAIL_FROM, webUrl: (WEB_URL ?? PUBLIC_URL).replace(/\/$/, ''), transporter: () => (opened ??= open()) }
}
