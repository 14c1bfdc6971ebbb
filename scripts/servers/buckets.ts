import { GetObjectCommand, NoSuchKey, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3'

/** Where an S3 service is and how to sign for it. */
export type ObjectStoreAddress = { endpoint: string; accessKey: string; secretKey: string }

const connect = ({ endpoint, accessKey, secretKey }: ObjectStoreAddress) =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })

/** True when a signed read of a key that does not exist is answered as such in every bucket. */
export async function canReadObjects(address: ObjectStoreAddress, buckets: readonly string[]): Promise<boolean> {
  const client = connect(address)
  const isMissingKey = (error: unknown) => error instanceof NoSuchKey
  const asked = buckets.map((bucket) =>
    client
      .send(new GetObjectCommand({ Bucket: bucket, Key: 'is-it-ready' }), { abortSignal: AbortSignal.timeout(1000) })
      .then(() => true, isMissingKey),
  )
  const answers = await Promise.all(asked)
  client.destroy()
  return answers.every(Boolean)
}

/** Lets pages of these origins read from and upload to the bucket. Repeating it changes nothing. */
export async function allowBrowsers(address: ObjectStoreAddress, bucket: string, origins: string[]): Promise<void> {
  const client = connect(address)
  const rule = {
    AllowedOrigins: origins,
    AllowedMethods: ['GET', 'HEAD', 'PUT'],
    AllowedHeaders: ['*'],
    ExposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges'],
    MaxAgeSeconds: 3600,
  }
  await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } }))
  client.destroy()
}
