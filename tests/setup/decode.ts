import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Samples that ffmpeg really decodes (48 kHz mono), its gapless trimming included. From a file: in a pipe it cannot see the length and complains. */
export function decode(mp3: Uint8Array): Int16Array {
  const folder = mkdtempSync(join(tmpdir(), 'aimake-decode-'))
  const file = join(folder, 'episode.mp3')
  writeFileSync(file, mp3)
  const { status, stdout, stderr } = spawnSync(
    process.env.FFMPEG_PATH!,
    ['-hide_banner', '-v', 'warning', '-i', file, '-f', 's16le', '-ac', '1', '-ar', '48000', 'pipe:1'],
    { maxBuffer: 1 << 30 },
  )
  rmSync(folder, { recursive: true })
  if (status !== 0 || stderr.length > 0) throw new Error(`ffmpeg: ${status} ${stderr.toString().slice(0, 500)}`)
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
}
