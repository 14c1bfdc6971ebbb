import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createHash } from 'node:crypto'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Readable } from 'node:stream'

/** The settings by the names they have in the environment. With `CDN_URL` public links are `CDN_URL/<key>` instead of presigned ones. */
export interface ObjectStoreSettings {
  S3_ENDPOINT: string
  S3_REGION: string
  S3_ACCESS_KEY: string
  S3_SECRET_KEY: string
  S3_BUCKET: string
  CDN_URL?: string | undefined
}

export interface ObjectMeta {
  contentType: string
  cacheControl?: string
}

/** Presigned links live an hour: longer than any player's patience, shorter than a leak's use. */
const LINK_SECONDS = 3600
/** R2 wants parts of equal size; one at a time keeps memory flat however long the episode. */
const PART_BYTES = 8 * 1024 * 1024

/** More is not copied in one piece, and this much at a time instead: the most that S3 and R2 take. */
const COPY_PART_BYTES = 5 * 1024 ** 3

/** One bucket by the S3 protocol: SeaweedFS on a laptop, R2 or S3 elsewhere. Keys are never overwritten with other bytes. */
export class ObjectStore {
  private readonly client: S3Client
  private readonly settings: ObjectStoreSettings

  constructor(settings: ObjectStoreSettings) {
    this.settings = settings
    this.client = new S3Client({
      endpoint: settings.S3_ENDPOINT,
      region: settings.S3_REGION,
      credentials: { accessKeyId: settings.S3_ACCESS_KEY, secretAccessKey: settings.S3_SECRET_KEY },
      forcePathStyle: true,
      // Otherwise streamed bodies are stored wrapped in `aws-chunked` by servers that do not speak it.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }

  private at(key: string) {
    return { Bucket: this.settings.S3_BUCKET, Key: key }
  }

  /** Stores all of `body` or throws: the server checks what it got against the digest. */
  async put(key: string, body: Uint8Array, meta: ObjectMeta, signal?: AbortSignal): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        ...this.at(key),
        Body: body,
        ContentLength: body.length,
        ContentMD5: createHash('md5').update(body).digest('base64'),
        ContentType: meta.contentType,
        CacheControl: meta.cacheControl,
      }),
      signal ? { abortSignal: signal } : {},
    )
  }

  /** Uploads a stream in parts; an aborted upload leaves no object and no parts. */
  async putStream(key: string, body: Readable, meta: ObjectMeta, signal?: AbortSignal, partBytes = PART_BYTES): Promise<void> {
    const upload = new Upload({
      client: this.client,
      params: { ...this.at(key), Body: body, ContentType: meta.contentType, CacheControl: meta.cacheControl },
      partSize: partBytes,
      queueSize: 1,
    })
    const abort = () => void upload.abort()
    signal?.addEventListener('abort', abort, { once: true })
    try {
      await upload.done()
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async get(key: string, signal?: AbortSignal): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand(this.at(key)), signal ? { abortSignal: signal } : {})
    return Body!.transformToByteArray()
  }

  /** An object as a stream, whatever its size. */
  async getStream(key: string, signal?: AbortSignal): Promise<Readable> {
    const { Body } = await this.client.send(new GetObjectCommand(this.at(key)), signal ? { abortSignal: signal } : {})
    return Body as Readable
  }

  /** Gives an object of `bytes` a second key, without fetching it. */
  async copy(from: string, to: string, bytes: number, signal?: AbortSignal, partBytes = COPY_PART_BYTES): Promise<void> {
    const source = { ...this.at(to), CopySource: encodeURI(`${this.settings.S3_BUCKET}/${from}`) }
    const options = signal ? { abortSignal: signal } : {}
    if (bytes <= partBytes) {
      await this.client.send(new CopyObjectCommand(source), options)
      return
    }
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand(this.at(to)), options)
    try {
      const parts: { ETag: string | undefined; PartNumber: number }[] = []
      for (let at = 0; at < bytes; at += partBytes) {
        const range = `bytes=${at}-${Math.min(bytes, at + partBytes) - 1}`
        const part = { ...source, UploadId, PartNumber: parts.length + 1, CopySourceRange: range }
        const { CopyPartResult } = await this.client.send(new UploadPartCopyCommand(part), options)
        parts.push({ ETag: CopyPartResult?.ETag, PartNumber: part.PartNumber })
      }
      await this.client.send(
        new CompleteMultipartUploadCommand({ ...this.at(to), UploadId, MultipartUpload: { Parts: parts } }),
        options,
      )
    } catch (error) {
      await this.abortUpload(to, UploadId!).catch(() => {})
      throw error
    }
  }

  /** Bytes `from` to `to` (not included) of an object. */
  async getRange(key: string, from: number, to: number): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand({ ...this.at(key), Range: `bytes=${from}-${to - 1}` }))
    return Body!.transformToByteArray()
  }

  /** Size in bytes, or `undefined` when there is no such object. */
  async size(key: string): Promise<number | undefined> {
    return (await this.stat(key))?.bytes
  }

  /** Size, and when it was stored by the store's own clock; `undefined` when there is no such object. */
  async stat(key: string): Promise<{ bytes: number | undefined; modifiedAt: Date | undefined } | undefined> {
    try {
      const head = await this.client.send(new HeadObjectCommand(this.at(key)))
      return { bytes: head.ContentLength, modifiedAt: head.LastModified }
    } catch (error) {
      if (statusOf(error) === 404) return undefined
      throw error
    }
  }

  /** Deleting what is gone already is no error. */
  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.at(key)))
  }

  async *keys(prefix = ''): AsyncGenerator<string> {
    for await (const page of this.pages(prefix)) for (const { key } of page) yield key
  }

  /** Everything in the bucket, up to a thousand at a time. */
  async *pages(prefix = ''): AsyncGenerator<{ key: string; modifiedAt: Date; bytes: number; etag: string }[]> {
    let token: string | undefined
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.settings.S3_BUCKET, Prefix: prefix, ContinuationToken: token }),
      )
      yield (page.Contents ?? []).map(({ Key, LastModified, Size, ETag }) => ({
        key: Key!,
        modifiedAt: LastModified!,
        bytes: Size ?? 0,
        etag: ETag ?? '',
      }))
      token = page.NextContinuationToken
    } while (token)
  }

  /** Uploads in parts that nobody has ended: their parts lie in the bucket, and are paid for, without being an object. At most a thousand. */
  async unfinishedUploads(): Promise<{ key: string; uploadId: string; begunAt: Date }[]> {
    const { Uploads = [] } = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.settings.S3_BUCKET }))
    return Uploads.map(({ Key, UploadId, Initiated }) => ({ key: Key!, uploadId: UploadId!, begunAt: Initiated ?? new Date() }))
  }

  /** Lets go of the parts of an upload; one that is ended already is no error. */
  async abortUpload(key: string, uploadId: string): Promise<void> {
    try {
      await this.client.send(new AbortMultipartUploadCommand({ ...this.at(key), UploadId: uploadId }))
    } catch (error) {
      if (statusOf(error) !== 404) throw error
    }
  }

  /** Throws when the bucket cannot be reached with our rights. */
  async check(signal?: AbortSignal): Promise<void> {
    await this.client.send(new HeadBucketCommand({ Bucket: this.settings.S3_BUCKET }), signal ? { abortSignal: signal } : {})
  }

  /** A link a browser can follow, Range included; with `fileName` it downloads under that name. */
  async link(key: string, fileName?: string): Promise<string> {
    if (this.settings.CDN_URL && !fileName) return `${this.settings.CDN_URL.replace(/\/$/, '')}/${key}`
    const disposition = fileName && `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`
    return getSignedUrl(
      this.client,
      new GetObjectCommand({ ...this.at(key), ...(disposition && { ResponseContentDisposition: disposition }) }),
      { expiresIn: LINK_SECONDS },
    )
  }

  /** A link for one PUT of exactly so many bytes of this type: the length and the type are signed with it. */
  async uploadLink(
    key: string,
    { bytes, contentType, seconds }: { bytes: number; contentType: string; seconds: number },
  ): Promise<string> {
    const put = new PutObjectCommand({ ...this.at(key), ContentLength: bytes, ContentType: contentType })
    return getSignedUrl(this.client, put, {
      expiresIn: seconds,
      signableHeaders: new Set(['content-type', 'content-length']),
    })
  }

  close(): void {
    this.client.destroy()
  }
}

const statusOf = (error: unknown) => (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode
