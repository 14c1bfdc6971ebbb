import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { HttpProblem } from '../http/problem.ts'
import { receiptOf } from '../usage/receipt.ts'
import { downloadName, wholeVersion } from './delivery.ts'
import { linesOf } from './episodes.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'
import { chaptersOf, notesPage } from './show-notes.ts'

export interface Package {
  /** Of the whole ZIP, known before its first byte. */
  bytes: number
  stream: Readable
}

/**
 * Everything of a finished episode in one ZIP: MP3, transcripts, chapters, notes, cover, script and receipt. Nothing is compressed, for sound is
 * already, so its length is known beforehand and a broken download is told from a whole one; the sound is read while it is sent. `signal` ends the reading.
 */
export async function packageOf(
  { db, store }: { db: Database; store: ObjectStore },
  row: EpisodeRow,
  signal: AbortSignal,
): Promise<Package> {
  const version = wholeVersion(row)
  const { render } = version
  if (!render) throw new HttpProblem('wrong-state', 'It is there when the episode is finished.')
  const [lines, receipt, chapters] = await Promise.all([
    linesOf(db, version),
    receiptOf(db, row),
    chaptersOf(store, render.chaptersKey),
  ])
  const script = lines
    .filter(({ status }) => status !== 'skipped')
    .map(({ speaker, text }) => `${speaker}${row.language === 'zh' ? '：' : ': '}${text}`)
  const besides = [
    ['vtt', render.transcriptKey],
    ['srt', render.srtKey],
    ['chapters.json', render.chaptersKey],
    ['png', render.coverKey],
  ] as const
  const stored = await Promise.all(
    besides.flatMap(([ending, key]) => (key ? [store.get(key, signal).then((bytes) => [ending, bytes] as const)] : [])),
  )
  const zip = new ZipFile()
  const about = { mtime: render.createdAt, compress: false }
  const name = (ending: string) => downloadName(row.title, ending)
  zip.addReadStreamLazy(name('mp3'), { ...about, size: Number(render.bytes) }, (give) => {
    store.getStream(render.mp3Key, signal).then(
      (sound) => give(null, sound),
      (error: unknown) => give(error, undefined as never),
    )
  })
  for (const [ending, bytes] of stored) zip.addBuffer(Buffer.from(bytes), name(ending), about)
  zip.addBuffer(Buffer.from(notesPage(row, chapters)), name('notes.md'), about)
  zip.addBuffer(Buffer.from(`${script.join('\n\n')}\n`), name('script.txt'), about)
  zip.addBuffer(Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`), name('receipt.json'), about)
  const bytes = await new Promise<number>((resolve) => {
    // It is told the size of the whole, which its types have forgotten.
    const told = resolve as unknown as () => void
    zip.end({ forceZip64Format: false, comment: '' }, told)
  })
  const stream = zip.outputStream as Readable
  zip.on('error', (error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return { bytes, stream }
}
