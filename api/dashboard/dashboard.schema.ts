import { z } from 'zod'

const time = z.iso.datetime()
const count = z.int()

export const alertSchema = z.object({
  name: z.string(),
  severity: z.string().nullable(),
  summary: z.string().nullable(),
  since: time,
})

export const dashboardSchema = z
  .object({
    at: time,
    checks: z
      .array(z.object({ name: z.enum(['database', 'redis', 'storage', 'temporal']), ok: z.boolean(), durationMs: z.int() }))
      .meta({ description: 'Asked just now, each with how long its answer took.' }),
    today: z
      .object({
        ordered: count,
        ready: count,
        making: count,
        waiting: count.meta({ description: 'For a person: review, repair or budget.' }),
        failed: count,
        cancelled: count,
        successRate: z
          .number()
          .nullable()
          .meta({ description: 'Ready ones of those that are ready, failed or need a repair; null: none of them yet.' }),
        firstSoundMedianMs: z.int().nullable(),
        firstSoundP95Ms: z.int().nullable(),
      })
      .meta({ description: 'Of the episodes ordered since midnight UTC.' }),
    queues: z
      .array(z.object({ provider: z.string(), waiting: count, oldestMs: count }))
      .nullable()
      .meta({ description: 'Lines that wait for a provider, as Temporal knows them; null: it does not answer.' }),
    spending: z.object({
      stopped: z.boolean(),
      spentMicroUsd: z.int(),
      heldMicroUsd: z.int(),
      dailyCapMicroUsd: z.int().nullable(),
    }),
    providers: z
      .array(z.object({ provider: z.string(), calls: count, failed: count, failedShare: z.array(z.number().nullable()) }))
      .meta({ description: 'Calls of the last hour that have ended, and the share that failed in each five minutes of it.' }),
    unknownCalls: count.meta({ description: 'Paid calls whose end nobody knows.' }),
    backup: z.object({
      isConnected: z.boolean().meta({ description: 'Whether there are backups in this installation at all.' }),
      verifiedAt: time.nullable().meta({ description: 'The newest one that was restored and compared.' }),
    }),
    alerts: z.object({
      state: z.enum(['connected', 'away', 'not-connected']),
      firing: z.array(alertSchema),
    }),
  })
  .meta({ id: 'Dashboard' })

export type Dashboard = z.input<typeof dashboardSchema>
