import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Writes /sw.js with the names of all files of the build, so that the app starts without a connection. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const source = readFileSync(join(import.meta.dirname, 'src/worker/service-worker.js'), 'utf8')
        const built = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'))
        const plain = readdirSync(join(import.meta.dirname, 'public'))
        const files = ['/index.html', ...[...plain, ...built].map((name) => `/${name}`)]
        const version = createHash('sha256')
          .update(source)
          .update(files.join())
          .update(Date.now().toString())
          .digest('hex')
          .slice(0, 12)
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: source.replace('__VERSION__', version).replace('__FILES__', JSON.stringify(files)),
        })
      },
    },
  }
}
