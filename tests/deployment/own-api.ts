import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Run } from '../setup/launch.ts'

export type OwnApi = { url: string; stop: () => Promise<void> }

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A second copy of the API on the product's own servers, with some settings of its own. */
export async function ownApi({ settings }: Run, changed: Record<string, string>): Promise<OwnApi> {
  const port = await freePort()
  const { PATH, HOME } = process.env
  const env = {
    PATH,
    HOME,
    ...settings,
    PUBLIC_URL: `http://localhost:${port}`,
    METRICS_PORT: '0',
    ...changed,
    PORT: String(port),
  }
  const child = spawn(process.execPath, ['api/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://localhost:${port}`
  for (const endMs = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (
      await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break
    if (child.exitCode !== null || Date.now() > endMs) throw new Error('the second API did not start')
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
