import { z } from 'zod'
import { findingKinds } from '../../workflows/contract.ts'

export const orderSchema = z.strictObject({
  apply: z
    .boolean()
    .default(false)
    .meta({ description: 'Mends what it finds, orphan objects deleted; without it the run only reports.' }),
  allowMany: z
    .boolean()
    .default(false)
    .meta({ description: 'Deletes even more than 5 % of the objects or 1,000, whichever is smaller.' }),
})

export const findingSchema = z
  .object({
    kind: z.enum(findingKinds),
    found: z.int(),
    mended: z.int(),
    refused: z.boolean().meta({ description: 'Too many to be deleted without `allowMany`; nothing was.' }),
    samples: z.array(z.string()).meta({ description: 'Up to five of them.' }),
  })
  .meta({ id: 'ReconcileFinding' })

export const runSchema = z
  .object({
    id: z.uuid(),
    mode: z.enum(['report', 'safe', 'apply']).meta({
      description: '`report` changes nothing, `safe` (every night) deletes nothing, `apply` mends everything.',
    }),
    allowMany: z.boolean(),
    requestedBy: z.string().nullable().meta({ description: 'E-mail of who asked for it; null: the schedule.' }),
    objects: z.int().nullable().meta({ description: 'How many objects there were in the bucket.' }),
    failure: z.string().nullable(),
    workflowUrl: z.string().nullable().meta({ description: 'The run in the Temporal UI.' }),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'ReconcileRun' })

export const runsSchema = z.object({ data: z.array(runSchema), total: z.int() })
