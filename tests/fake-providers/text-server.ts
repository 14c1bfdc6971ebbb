import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Call, Control } from './handler.ts'
import { openAiText } from './openai-text.ts'

/** What becomes of the next call: an error, a fault of the model, or the bare answer sent by hand. */
export interface TextOrder {
  status?: number
  code?: string
  headers?: Record<string, string>
  fault?: string
  times?: number
  route?: string
  /** Sends the answer itself. */
  by?: (response: ServerResponse, good: Answer) => void | Promise<void>
}

/** A server with the writing part of OpenAI's API alone. It keeps what it was asked; answers go out event by event. */
export async function startTextServer() {
  const asked: Call[] = []
  const orders: TextOrder[] = []
  const control: Control = {
    async serve(call, response, make) {
      asked.push(call)
      const at = orders.findIndex(({ route = call.route }) => route === call.route)
      const order = at < 0 ? {} : orders[at]!
      if (at >= 0 && (order.times = (order.times ?? 1) - 1) < 1) orders.splice(at, 1)
      const good = order.status ? call.errorAnswer(order.status, order.code) : await make(order.fault)
      const headers = { ...good.headers, ...order.headers }
      if (order.by) await order.by(response, good)
      else {
        response.writeHead(good.status, headers)
        for (const event of String(good.body).split(/(?<=\n\n)/)) response.write(event)
        response.end()
      }
      return true
    },
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on(
      'end',
      () =>
        void openAiText(request, Buffer.concat(chunks), response, control).then((mine) => mine || response.writeHead(404).end()),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked, orders, close }
}
