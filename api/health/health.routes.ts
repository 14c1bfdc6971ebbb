import { z } from 'zod'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { HealthChecks } from './health-checks.ts'

const check = z.enum(['ok', 'failed'])
const readySchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    checks: z.object({ database: check, redis: check, storage: check, temporal: check }),
  })
  .meta({ id: 'Readiness' })

export function healthRoutes(healthChecks: HealthChecks): Route[] {
  return [
    route({
      method: 'get',
      path: '/health',
      summary: 'Alive.',
      access: 'anyone',
      answers: { 200: { description: 'Alive.', schema: z.object({ status: z.literal('ok') }) } },
      handler: async () => ({ status: 200, body: { status: 'ok' } }),
    }),
    route({
      method: 'get',
      path: '/health/ready',
      summary: 'Whether everything the service stands on answers, each named.',
      access: 'anyone',
      answers: {
        200: { description: 'All of it answers.', schema: readySchema },
        503: { description: 'Something does not.', schema: readySchema },
      },
      handler: async () => {
        const answers = await healthChecks()
        const checks = Object.fromEntries(answers.map(({ name, ok }) => [name, ok ? 'ok' : 'failed']))
        const ok = answers.every((one) => one.ok)
        return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'degraded', checks } }
      },
    }),
  ]
}
