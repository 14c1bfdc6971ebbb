import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH_BYTES = 1000

/** Each file of the app packed as tightly as can be, once, beside it: a server only has to send it. */
export function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!/^assets\/.*\.(js|css)$/.test(name)) continue
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        if (content.length < WORTH_BYTES) continue
        writeFileSync(join(dir!, `${name}.br`), brotliCompressSync(content))
        writeFileSync(join(dir!, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}
