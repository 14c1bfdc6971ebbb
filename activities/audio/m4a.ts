import { open, rm, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { TimelineRow } from '../../shared/playlist.ts'
import { tempFolder } from '../../shared/temp-folder.ts'
import { aacSilences, encodeAacLine, silentAacFrame } from './aac-frames.ts'
import type { Chapter } from './chapters.ts'
import { AudioRejected } from './audio-rejected.ts'
import type { AudioTools } from './ffmpeg.ts'
import { withTag } from './mp4-label.ts'
import { runTool } from './run-tool.ts'

/** What an M4A is made of: stored lines on the MP3's timeline, and what the file says of itself. `readFlac` answers line i. */
export interface M4aRequest {
  rows: readonly TimelineRow[]
  samples: readonly number[]
  readFlac: (index: number) => Promise<Uint8Array>
  title: string
  artist: string
  date: string
  comment: string
  aigc: string
  chapters: readonly Chapter[]
  cover: Uint8Array
}

const escaped = (text: string): string => text.replace(/[=;#\\\n]/g, '\\$&')

function metadataOf({ title, artist, date, comment, chapters }: M4aRequest): string {
  const tags = Object.entries({ title, artist, date, comment }).map(([name, value]) => `${name}=${escaped(value)}`)
  const parts = chapters.map(
    (chapter) => `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${chapter.startMs}\nEND=${chapter.endMs}\ntitle=${escaped(chapter.title)}`,
  )
  return [';FFMETADATA1', ...tags, ...parts, ''].join('\n')
}

/**
 * Makes an M4A in a folder that is gone afterwards and hands its path to `use`. Lines are encoded one by one from what is stored, and put
 * behind each other as frames; ffmpeg only packs them. The same lines give the same sound.
 */
export async function withM4a<T>(request: M4aRequest, tools: AudioTools, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await tempFolder()
  try {
    const [aac, about, cover, path] = ['sound.aac', 'about.txt', 'cover.png', 'whole.m4a'].map((name) => join(folder, name))
    await writeFile(about!, metadataOf(request))
    await writeFile(cover!, request.cover)
    await writeFrames(aac!, request, tools)
    const inputs = ['-f', 'aac', '-i', aac!, '-f', 'ffmetadata', '-i', about!, '-f', 'png_pipe', '-i', cover!]
    const maps = ['-map', '0:a', '-map', '2:v', '-map_metadata', '1', '-map_chapters', '1', '-disposition:v', 'attached_pic']
    const args = ['-v', 'error', '-nostdin', ...inputs, ...maps, '-c', 'copy', '-fflags', '+bitexact', '-f', 'ipod', path!]
    const { exitCode, stderr } = await runTool(tools.ffmpegPath, args, tools.signal ? { signal: tools.signal } : {})
    if (exitCode !== 0) throw new AudioRejected('encoding_failed', `ffmpeg ended with ${exitCode}: ${stderr.slice(-400)}`)
    await label(path!, request.aigc)
    return await use(path!)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeFrames(path: string, { rows, samples, readFlac }: M4aRequest, tools: AudioTools): Promise<void> {
  const silent = await silentAacFrame(tools)
  const silences = aacSilences(rows, samples)
  const file = await open(path, 'w')
  try {
    for (const [index, silentFrames] of silences.entries()) {
      await file.write(await encodeAacLine(await readFlac(index), samples[index] as number, tools))
      await file.write(Buffer.concat(Array.from({ length: silentFrames }, () => silent)))
    }
  } finally {
    await file.close()
  }
}

/** Puts the `AIGC` field into the tags: ffmpeg cannot beside the usual ones. */
async function label(path: string, aigc: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { at, bytes } = await moovOf(file)
    await file.write(withTag(bytes, 'AIGC', aigc), 0, undefined, at)
  } finally {
    await file.close()
  }
}

async function moovOf(file: FileHandle): Promise<{ at: number; bytes: Buffer }> {
  const { size } = await file.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= size;) {
    await file.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short
    if (head.toString('latin1', 4, 8) === 'moov') {
      const bytes = Buffer.alloc(length)
      await file.read(bytes, 0, length, at)
      return { at, bytes }
    }
    at += length
  }
  throw new AudioRejected('encoding_failed', 'the M4A has no moov')
}
