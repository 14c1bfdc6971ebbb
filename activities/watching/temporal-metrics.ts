import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { RuntimeOptions } from '@temporalio/worker'

export interface TemporalMetrics {
  telemetryOptions: NonNullable<RuntimeOptions['telemetryOptions']>
  /** What Temporal's own part of this process counts: how long deeds wait in their queue, which places are taken, what failed. */
  text: () => Promise<string>
}

/** Temporal's core opens a door of its own; it stands on this machine's inside only, and its text goes out with ours. */
export async function keepTemporalMetrics(): Promise<TemporalMetrics> {
  const bindAddress = `127.0.0.1:${await freePort()}`
  return {
    telemetryOptions: { metrics: { prometheus: { bindAddress, useSecondsForDurations: true, countersTotalSuffix: true } } },
    text: async () => (await fetch(`http://${bindAddress}/metrics`, { signal: AbortSignal.timeout(2000) })).text(),
  }
}

/** The core cannot be asked which port it took, so one is chosen for it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
