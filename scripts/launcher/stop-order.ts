import { servers } from '../servers/table.ts'
import type { StopManner } from '../servers/server.ts'

const ourPrograms: Record<string, StopManner> = {
  worker: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 4000 },
  api: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 2500 },
  mail: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 1000 },
  'fake-providers': { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 1000 },
  web: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 1000 },
  admin: { signal: 'SIGTERM', hurrySignal: 'SIGKILL', killAfterMs: 1000 },
  replica: { signal: 'SIGINT', hurrySignal: 'SIGQUIT', killAfterMs: 2000 },
}

/** Names in the order they are ended: first those that use the servers, then the servers, the database last. */
export const stopOrder: readonly string[] = [...Object.keys(ourPrograms), ...servers.map(({ name }) => name).reverse()]

/** How the process of this name is ended. */
export function stopMannerOf(name: string): StopManner {
  return servers.find((server) => server.name === name)?.stop ?? ourPrograms[name] ?? ourPrograms.api!
}
