import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3'
import type { CORSRule, LifecycleRule, S3Client } from '@aws-sdk/client-s3'
import { isDeepStrictEqual } from 'node:util'

export type Rules = { cors: CORSRule[]; lifecycle: LifecycleRule[] }
export type Difference = { bucket: string; what: 'cors' | 'lifecycle'; is: unknown; shall: unknown }

/** The rules of a bucket as the service tells them; none where it knows none. */
export async function rulesOf(client: S3Client, bucket: string): Promise<Rules> {
  const cors = client.send(new GetBucketCorsCommand({ Bucket: bucket })).then(({ CORSRules = [] }) => CORSRules, noneYet)
  const lifecycle = client
    .send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))
    .then(({ Rules: found = [] }) => found, noneYet)
  return { cors: await cors, lifecycle: await lifecycle }
}

function noneYet(error: unknown): [] {
  if (/NoSuchCORSConfiguration|NoSuchLifecycleConfiguration/.test((error as Error).name)) return []
  throw error
}

/** What would have to change, with the origins of our pages put into the rules for browsers. */
export function differences(bucket: string, is: Rules, shall: Rules, origins: string[]): Difference[] {
  const cors = shall.cors.map((rule) => ({ ...rule, AllowedOrigins: origins }))
  return [
    { bucket, what: 'cors' as const, is: is.cors, shall: cors },
    { bucket, what: 'lifecycle' as const, is: is.lifecycle, shall: shall.lifecycle },
  ].filter((one) => !isDeepStrictEqual(plain(one.is), plain(one.shall)))
}

/** Without the order of names, and without what a service adds or leaves out though it says nothing. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined && inner !== '' && !(Array.isArray(inner) && inner.length === 0))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, inner]) => [name, plain(inner)]),
    )
  return typeof value === 'string' ? value.toLowerCase() : value
}

export async function apply(client: S3Client, { bucket, what, shall }: Difference): Promise<void> {
  if (what === 'lifecycle') {
    const Rules = shall as LifecycleRule[]
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules } }))
  } else if ((shall as CORSRule[]).length === 0) await client.send(new DeleteBucketCorsCommand({ Bucket: bucket }))
  else {
    const CORSRules = shall as CORSRule[]
    await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }))
  }
}
