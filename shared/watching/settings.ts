import { z } from 'zod'
import { optional } from '../env.ts'

const rate = z.coerce.number().min(0).max(1).default(0.1)

/** Where a process tells how it does. Each is off while its address or key is unset. */
export const watchingSettings = {
  SENTRY_DSN: optional(z.url({ protocol: /^https?$/ })),
  /** How many of all requests and deeds are traced, and how much of a process's time is profiled. */
  SENTRY_TRACES_RATE: rate,
  SENTRY_PROFILES_RATE: rate,
  /** What runs: usually the commit. */
  RELEASE: optional(z.string().min(1)),
  AXIOM_TOKEN: optional(z.string().min(1)),
  AXIOM_DATASET: z.string().min(1).default('aimake-logs'),
  /** Another address than Axiom's first: its European one, or a test's. */
  AXIOM_URL: optional(z.url({ protocol: /^https?$/ })),
}

const secretNames = /(KEY|SECRET|TOKEN|PASSWORD|DSN)$/

/** The values of the settings that nobody may read in a log, passwords inside addresses among them. */
export function secretsOf(settings: Record<string, unknown>): string[] {
  const secrets = Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value !== 'string') return []
    if (secretNames.test(name)) return [value]
    const password = URL.canParse(value) ? decodeURIComponent(new URL(value).password) : ''
    return password ? [password] : []
  })
  // A shorter one would blot out harmless words.
  return secrets.filter((secret) => secret.length >= 8)
}
