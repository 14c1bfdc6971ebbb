import { spawn } from 'node:child_process'

/** Samples as an MP3 file, made by ffmpeg. Throws when there is none. */
export function mp3Bytes(pcm: Buffer, rateHz: number, ffmpegPath: string | undefined): Promise<Buffer> {
  if (!ffmpegPath) return Promise.reject(new Error('mp3 was asked for and no ffmpeg was given'))
  const input = ['-f', 's16le', '-ar', String(rateHz), '-ac', '1', '-i', 'pipe:0']
  const child = spawn(ffmpegPath, ['-v', 'error', ...input, '-b:a', '128k', '-f', 'mp3', 'pipe:1'])
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(pcm)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(Buffer.concat(chunks)) : reject(new Error(`ffmpeg ended with ${code}`))))
  })
}
