import { z } from 'zod'

const rule = z.strictObject({
  description: z.string(),
  expression: z.string(),
  action: z.enum(['block', 'managed_challenge', 'set_cache_settings']),
  action_parameters: z.record(z.string(), z.unknown()).optional(),
  ratelimit: z
    .strictObject({
      characteristics: z.array(z.string()),
      period: z.int(),
      requests_per_period: z.int(),
      mitigation_timeout: z.int(),
    })
    .optional(),
})

const zoneSchema = z.strictObject({
  settings: z.record(z.string(), z.unknown()),
  records: z.array(
    z.strictObject({
      type: z.enum(['CNAME', 'A', 'AAAA', 'TXT']),
      name: z.string(),
      content: z.string(),
      proxied: z.boolean(),
      comment: z.string(),
    }),
  ),
  rulesets: z.record(z.string(), z.array(rule)),
  bucketDomains: z.array(z.strictObject({ bucket: z.string(), domain: z.string() })),
})

export type Zone = z.infer<typeof zoneSchema>

/** What a zone shall be, from the text of zone.json, with its `$NAMES` filled in. A name without a value is an error, not an empty word. */
export function readZone(text: string, names: Record<string, string | undefined>): Zone {
  const missing = new Set<string>()
  const filled = text.replaceAll(/\$([A-Z_]+)/g, (_whole, name: string) => {
    const value = names[name]
    if (!value || !/^[\w.-]+$/.test(value)) missing.add(name)
    return value ?? ''
  })
  if (missing.size > 0) throw new Error(`missing or malformed: ${[...missing].join(', ')}`)
  return zoneSchema.parse(JSON.parse(filled))
}
