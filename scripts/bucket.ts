// Sets the rules of the two buckets (deploy/r2/rules.json): which pages may read, and what is removed by itself.
//   npm run bucket               says what differs, and ends with 1 when something does
//   npm run bucket -- --apply    sets it
// Settings: S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_REGION, S3_BUCKET, BACKUP_BUCKET, PUBLIC_URL, CORS_ORIGINS.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { S3Client } from '@aws-sdk/client-s3'
import { z } from 'zod'
import { readSettings, storageSettings } from '../shared/env.ts'
import { apply, differences, rulesOf } from './bucket/rules.ts'
import type { Rules } from './bucket/rules.ts'

const { values } = parseArgs({ options: { apply: { type: 'boolean', default: false } } })
const settings = readSettings(
  {
    ...storageSettings,
    BACKUP_BUCKET: z.string().min(1).default('aimake-backups'),
    PUBLIC_URL: z.url(),
    CORS_ORIGINS: z.string().default(''),
  },
  process.env,
)
const wanted = JSON.parse(readFileSync(new URL('../deploy/r2/rules.json', import.meta.url), 'utf8')) as Record<
  'audio' | 'backups',
  Rules
>
const origins = [new URL(settings.PUBLIC_URL).origin, ...settings.CORS_ORIGINS.split(',').map((one) => one.trim())].filter(
  Boolean,
)
const buckets = [
  [settings.S3_BUCKET, wanted.audio],
  [settings.BACKUP_BUCKET, wanted.backups],
] as const

const client = new S3Client({
  endpoint: settings.S3_ENDPOINT,
  region: settings.S3_REGION,
  forcePathStyle: true,
  credentials: { accessKeyId: settings.S3_ACCESS_KEY, secretAccessKey: settings.S3_SECRET_KEY },
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
})

let open = 0
for (const [bucket, shall] of buckets) {
  const found = differences(bucket, await rulesOf(client, bucket), shall, [...new Set(origins)])
  if (found.length === 0) console.log(`ok       ${bucket}`)
  for (const one of found) {
    if (values.apply) await apply(client, one)
    else open += 1
    console.log(
      `${values.apply ? 'set    ' : 'differs'}  ${bucket}  ${one.what}\n  is     ${JSON.stringify(one.is)}\n  shall  ${JSON.stringify(one.shall)}`,
    )
  }
}
client.destroy()
process.exitCode = open > 0 ? 1 : 0
