import { z } from 'zod'

/** An unset variable and an empty one mean the same: `NAME=` in a file is how people say "not set". */
export const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

export const databaseSettings = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
}

/** A streaming copy of the database, which answers lists and reports. One address is one server. Unset: the writer answers them. */
export const replicaSettings = { DATABASE_REPLICA_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })) }

export const redisSettings = { REDIS_URL: z.url({ protocol: /^rediss?$/ }) }

export const storageSettings = {
  S3_ENDPOINT: z.url(),
  S3_ACCESS_KEY: z.string().min(1),
  S3_SECRET_KEY: z.string().min(1),
  S3_BUCKET: z.string().min(1).default('aimake-audio'),
  S3_REGION: z.string().min(1).default('auto'),
  CDN_URL: optional(z.url()),
}

export const commonSettings = {
  ENVIRONMENT: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** For tests: where this process shall die. Nothing in production. */
  CRASH_AT: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter(Boolean)),
}

/**
 * Reads settings once, at the start of a process. All that is missing or malformed is named in one message,
 * never a value, so that a person mends everything in one go and no secret reaches a log.
 */
export function readSettings<S extends z.ZodRawShape>(shape: S, env: NodeJS.ProcessEnv): z.output<z.ZodObject<S>> {
  const result = z.object(shape).safeParse(env)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return `  ${name}: ${env[name] ? issue.message : 'missing'}`
  })
  throw new Error(`These settings need mending:\n${[...new Set(lines)].join('\n')}`)
}
