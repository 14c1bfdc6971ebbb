import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import type { TransformCallback } from 'node:stream'

/** What went through a stream: how many bytes, and their digest. */
export interface Digest {
  bytes: number
  sha256: string
}

/** Lets bytes through and keeps account of them. `digest` tells about those that went through so far. */
export class DigestStream extends Transform {
  private readonly hash = createHash('sha256')
  bytes = 0

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk)
    this.bytes += chunk.length
    done(null, chunk)
  }

  digest(): Digest {
    return { bytes: this.bytes, sha256: this.hash.copy().digest('hex') }
  }
}
