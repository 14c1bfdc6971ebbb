import { connect } from 'node:net'

/**
 * Sends `message` to a loopback port and says whether the answer, as far as it has come, satisfies `isEnough`.
 * False when the other side closes or half a second passes first; an error when nobody listens.
 */
export function converse(port: number, message: string | Buffer, isEnough: (answer: Buffer) => boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0)
    const socket = connect(port, '127.0.0.1', () => socket.write(message))
    socket.setTimeout(500, () => socket.destroy())
    socket.on('data', (bytes) => {
      answer = Buffer.concat([answer, bytes])
      if (!isEnough(answer)) return
      resolve(true)
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(false))
  })
}
