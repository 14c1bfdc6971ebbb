import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { collectDefaultMetrics, register } from 'prom-client'

/** Names itself in Node's own metrics: memory, event loop, garbage. */
export function watchProcess(): void {
  collectDefaultMetrics({ prefix: 'aimake_' })
}

/** All metrics of this process as Prometheus reads them; `also` brings those of a part that keeps its own. */
export async function metricsText(also?: () => Promise<string>): Promise<string> {
  const [own, others] = await Promise.all([register.metrics(), also?.().catch(() => '') ?? ''])
  return others ? `${own}\n${others}` : own
}

/** Opens a door of its own for metrics, which strangers need not reach. `look` refreshes what has to be asked for first. */
export function openMetricsDoor(
  { port, host }: { port: number; host: string },
  { look, also }: { look?: () => Promise<unknown>; also?: () => Promise<string> } = {},
): Server {
  const server = createServer((req, res) => {
    if (req.url?.split('?')[0] !== '/metrics') return void res.writeHead(404).end()
    void (look?.() ?? Promise.resolve())
      .then(() => metricsText(also))
      .then(
        (text) => res.writeHead(200, { 'content-type': register.contentType }).end(text),
        () => res.writeHead(500).end(),
      )
  })
  return server.listen(port, host)
}
