import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs ffmpeg on an episode. From a file: in a pipe it cannot see the length and complains. */
function ffmpeg(mp3: Uint8Array, level: string, ...args: string[]): { stdout: Buffer; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'aimake-decode-'))
  const file = join(folder, 'episode.mp3')
  writeFileSync(file, mp3)
  const { status, stdout, stderr } = spawnSync(process.env.FFMPEG_PATH!, ['-hide_banner', '-v', level, '-i', file, ...args], {
    maxBuffer: 1 << 30,
  })
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error(`ffmpeg: ${status} ${stderr.toString().slice(0, 500)}`)
  return { stdout, stderr: stderr.toString() }
}

/** The same of one line's sound: bare frames, which nothing announces, so that ffmpeg says it had to guess how long they are. */
export const decodeFrames = (mp3: Uint8Array): Int16Array => decode(mp3, /^.*Estimating duration from bitrate.*$/gm)

/** Samples that ffmpeg really decodes (48 kHz mono), its gapless trimming included; a warning is a fault, but for one that is `expected`. */
export function decode(mp3: Uint8Array, expected = /$^/): Int16Array {
  const { stdout, stderr } = ffmpeg(mp3, 'warning', '-map', '0:a', '-f', 's16le', '-ac', '1', '-ar', '48000', 'pipe:1')
  // Said of the cover of every M4A, those of ffmpeg's own making included.
  const warnings = stderr
    .replaceAll(/^.*timescale not set\s*$/gm, '')
    .replace(expected, '')
    .trim()
  if (warnings) throw new Error(`ffmpeg: ${warnings.slice(0, 500)}`)
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
}

/** Loudness and true peak of the decoded file, by ffmpeg's own meter. */
export function meter(mp3: Uint8Array): { lufs: number; peakDb: number } {
  const { stderr } = ffmpeg(mp3, 'info', '-map', '0:a', '-af', 'ebur128=peak=true:framelog=quiet', '-f', 'null', '-')
  const summary = stderr.slice(stderr.lastIndexOf('Summary'))
  return { lufs: Number(/I:\s+(-?[\d.]+)/.exec(summary)?.[1]), peakDb: Number(/Peak:\s+(-?[\d.]+)/.exec(summary)?.[1]) }
}

/** Tags and chapters as ffmpeg reads them. */
export const tagsOf = (mp3: Uint8Array): string => ffmpeg(mp3, 'warning', '-f', 'ffmetadata', 'pipe:1').stdout.toString()
