import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** Stands in front of a server. Shut, it is as if the server had died: every connection breaks, and no new one is taken. */
export class Gate {
  private readonly sockets = new Set<Socket>()
  private isShut = false
  private readonly server: Server
  readonly port: number

  private constructor(server: Server) {
    this.server = server
    this.port = (server.address() as AddressInfo).port
  }

  static async before(port: number): Promise<Gate> {
    let gate: Gate | undefined
    const server = createServer((socket) => gate!.pass(socket, port))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    gate = new Gate(server)
    return gate
  }

  shut(): void {
    this.isShut = true
    for (const socket of this.sockets) socket.destroy()
  }

  open(): void {
    this.isShut = false
  }

  close(): void {
    this.shut()
    this.server.close()
  }

  private pass(socket: Socket, port: number): void {
    if (this.isShut) return void socket.destroy()
    const behind = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      this.sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
}

/** The same address behind the gate. */
export function throughGate(address: string, { port }: Gate): string {
  return address.replace(/:\d+(?=\/|$)/, `:${port}`)
}

export const portOf = (address: string): number => Number(/:(\d+)(?=\/|$)/.exec(address)![1])
