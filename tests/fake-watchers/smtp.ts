import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface Mail {
  from: string
  to: string[]
  text: string
}

export interface Mailbox {
  port: number
  mails: Mail[]
  close(): void
}

/** A mail server that takes whatever is brought to it. */
export function startMailbox(): Promise<Mailbox> {
  const mails: Mail[] = []
  const server = createServer((socket) => take(socket, (mail) => mails.push(mail)))
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, mails, close: () => void server.close() }),
    )
  })
}

function take(socket: Socket, onMail: (mail: Mail) => void): void {
  let mail: Mail = { from: '', to: [], text: '' }
  let rest = ''
  let isText = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  const hear = (line: string) => {
    if (isText) {
      if (line !== '.') return void (mail.text += `${line.replace(/^\.\./, '.')}\n`)
      isText = false
      onMail(mail)
      mail = { from: '', to: [], text: '' }
      return say('250 kept')
    }
    if (/^MAIL FROM:/i.test(line)) mail.from = addressIn(line)
    if (/^RCPT TO:/i.test(line)) mail.to.push(addressIn(line))
    if (/^DATA$/i.test(line)) {
      isText = true
      return say('354 go on')
    }
    if (/^QUIT/i.test(line)) return void socket.end('221 bye\r\n')
    say('250 ok')
  }
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes) => {
    const lines = (rest + bytes.toString()).split('\r\n')
    rest = lines.pop()!
    for (const line of lines) hear(line)
  })
  say('220 here')
}

const addressIn = (line: string) => /<([^>]*)>/.exec(line)?.[1] ?? ''
