import type { Counts } from './counts.ts'
import type { Handler } from './handler.ts'
import type { Order, RouteManner, Script } from './script.ts'
import { send } from './spoil.ts'

const json = (value: unknown) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

/**
 * The script and the counts by HTTP: `POST /control/next` (an order), `POST /control/route` (`{route, latencyMs, maxInFlight}`),
 * `POST /control/clear` (script and counts), `GET /control/counts`, `GET /control/calls`, `GET /health`.
 */
export const controlApi =
  (script: Script, counts: Counts): Handler =>
  async (request, body, response) => {
    const said = <T>() => JSON.parse(body.toString('utf8')) as T
    const actions: Record<string, () => unknown> = {
      'GET /health': () => ({ status: 'ok' }),
      'GET /control/counts': () => counts.summary(),
      'GET /control/calls': () => counts.calls(),
      'POST /control/next': () => script.next(said<Order>()),
      'POST /control/route': () => {
        const { route, ...manner } = said<RouteManner & { route: string }>()
        script.route(route, manner)
      },
      'POST /control/clear': () => {
        script.clear()
        counts.clear()
      },
    }
    const action = actions[`${request.method} ${request.url}`]
    if (!action) return false
    send(json(action() ?? { done: true }), response)
    return true
  }
