import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { passing } from '../../shared/crash-points.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { FOR_EVER, isStored, storeStream } from '../storage/objects.ts'
import { AudioRejected } from './audio-rejected.ts'
import { withM4a } from './m4a.ts'
import type { RenderFiles, WholeLine } from './render-files.ts'

/**
 * Makes and stores the M4A that a brief asked for and answers its key; stored already, it is not made again. An episode whose lines cannot
 * be packed a second way is still an episode: then it has none, and the log says why.
 */
export async function storeM4a(
  deps: Deps,
  { m4a }: RenderFiles,
  lines: readonly WholeLine[],
  { signal }: Deed,
): Promise<string | null> {
  const { db, store, ffmpegPath, logger } = deps
  const { key, ...request } = m4a
  if (await isStored(db, key)) return key
  const readFlac = (index: number): Promise<Uint8Array> => store.get(lines[index]!.segment.flacKey, signal)
  try {
    await withM4a({ ...request, readFlac }, { ffmpegPath, signal }, async (path) => {
      passing('m4a.made')
      const meta = { contentType: 'audio/mp4', cacheControl: FOR_EVER }
      await storeStream(deps, key, (await stat(path)).size, () => createReadStream(path), meta, signal)
    })
    return key
  } catch (error) {
    if (!(error instanceof AudioRejected)) throw error
    logger.error({ err: error, key }, 'no M4A could be made')
    return null
  }
}
