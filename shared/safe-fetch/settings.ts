import { z } from 'zod'
import { optional } from '../env.ts'
import type { NamedServers } from './safe-url.ts'

/** Servers as `host:port` with commas between. */
export const serverList = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((server) => server.trim().toLowerCase())
      .filter(Boolean),
  )

/** What API and worker are told of reading links. */
export const sourceSettings = {
  /** Servers of tests and development that links may lead to though they are inside, as `host:port` with commas between. Refused in production. */
  SOURCE_TEST_SERVERS: serverList,
  /** A SearXNG that answers in JSON: topics are looked up there. Unset: a model writes about them from what it knows. */
  SEARXNG_URL: optional(z.url({ protocol: /^https?$/ })),
}

/** Throws in production: there no server inside is anybody's to read. */
export function testServersOf({
  ENVIRONMENT,
  SOURCE_TEST_SERVERS,
}: {
  ENVIRONMENT: string
  SOURCE_TEST_SERVERS: string[]
}): NamedServers {
  if (ENVIRONMENT === 'production' && SOURCE_TEST_SERVERS.length > 0)
    throw new Error(
      'SOURCE_TEST_SERVERS is for tests and development: take it out, links of strangers would reach these servers.',
    )
  return new Set(SOURCE_TEST_SERVERS)
}
