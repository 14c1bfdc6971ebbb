// Takes every mail instead of a mail server and shows it: node scripts/mail-catcher.ts --smtp 1025 --web 8025
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

const KEPT = 500
const MAX_BYTES = 2_000_000

interface Caught {
  at: string
  messageId: string
  from: string
  to: string[]
  subject: string
  text: string
}

const { values } = parseArgs({ options: { smtp: { type: 'string', default: '1025' }, web: { type: 'string', default: '8025' } } })
const caught: Caught[] = []

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  size: MAX_BYTES,
  onData(stream, session, done) {
    simpleParser(stream).then(({ messageId, from, subject, text }) => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      caught.unshift({
        at: new Date().toISOString(),
        messageId: messageId ?? '',
        from: from?.text ?? '',
        to,
        subject: subject ?? '',
        text: text ?? '',
      })
      caught.splice(KEPT)
      done()
    }, done)
  },
})
smtp.on('error', (error) => console.error(error.message))

const web = createServer((req, res) => {
  const json = req.url === '/mails.json'
  if (req.url === '/health') return void res.end('ok')
  if (!json && req.url !== '/') return void res.writeHead(404).end()
  res.writeHead(200, {
    'content-type': json ? 'application/json' : 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
  res.end(json ? JSON.stringify(caught) : page())
})

smtp.listen(Number(values.smtp), '127.0.0.1')
web.listen(Number(values.web), '127.0.0.1')
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    smtp.close(() => process.exit(0))
    web.close()
    web.closeAllConnections()
  })

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const linked = (text: string) => escaped(text).replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)

function page(): string {
  const mails = caught.map(
    ({ at, to, subject, text }) =>
      `<article><h2>${escaped(subject)}</h2><p>${escaped(to.join(', '))} · ${at}</p><pre>${linked(text)}</pre></article>`,
  )
  return `<!doctype html><meta charset="utf-8"><title>Mails</title><style>body{font:15px/1.6 system-ui;max-width:46em;margin:2em auto;padding:0 1em}
pre{white-space:pre-wrap;background:#f4f2ec;padding:1em}</style><h1>Caught mails</h1>${mails.join('') || '<p>None yet.</p>'}`
}
