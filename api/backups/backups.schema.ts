import { z } from 'zod'

export const backupStatuses = ['running', 'verified', 'failed', 'damaged', 'deleting', 'deleted'] as const

const drillSchema = z
  .object({
    at: z.iso.datetime(),
    durationMs: z.int(),
    tables: z.int(),
    rows: z.int(),
    compared: z
      .record(z.string(), z.int())
      .meta({ description: 'How many constraints, indexes, policies and so on were compared.' }),
    smoke: z.record(z.string(), z.int()).meta({ description: 'What the application read of it, signed in as itself.' }),
    differences: z.array(z.string()),
  })
  .meta({ id: 'BackupDrill', description: 'A restore into a scratch database, compared with what was dumped.' })

export const backupSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(backupStatuses).meta({ description: 'Only `verified` counts: it was restored once and is signed.' }),
    step: z.string().meta({ description: 'How far it is: checking, dumping, drilling, keeping, pruning.' }),
    requestedBy: z.string().nullable().meta({ description: 'E-mail of who asked for it; null: the schedule, or a command.' }),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    takenAt: z.iso.datetime().nullable().meta({ description: 'The moment of the database that it holds.' }),
    verifiedAt: z.iso.datetime().nullable(),
    drilledAt: z.iso.datetime().nullable().meta({ description: 'When it was last restored to prove it.' }),
    isDrilling: z.boolean().meta({ description: 'Somebody asked for another drill, and it is going on.' }),
    deletedAt: z.iso.datetime().nullable(),
    bytes: z.int().nullable(),
    rows: z.int().nullable(),
    tables: z.int().nullable(),
    objects: z.int().nullable().meta({ description: 'How many objects there were in the store of audio.' }),
    objectBytes: z.int().nullable(),
    encrypted: z.boolean(),
    anomalies: z.array(z.string()).meta({ description: '`smaller`, `fewer-rows`, `clock`: on such a day nothing is deleted.' }),
    failure: z.string().nullable(),
    workflowUrl: z.string().nullable().meta({ description: 'The run in the Temporal UI.' }),
  })
  .meta({ id: 'Backup' })

export const backupDetailSchema = backupSchema
  .extend({
    sha256: z.string().nullable(),
    dumpObject: z.string().nullable().meta({ description: 'Its key in the bucket of backups.' }),
    drill: drillSchema.nullable(),
  })
  .meta({ id: 'BackupDetail' })

export const backupsSchema = z.object({ data: z.array(backupSchema), total: z.int() })
