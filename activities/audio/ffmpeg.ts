import { AudioRejected } from './audio-rejected.ts'
import { runTool } from './run-tool.ts'
import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'

/** What every step that needs ffmpeg is handed: the program's path, and the signal that stops it. */
export interface AudioTools {
  ffmpegPath: string
  signal?: AbortSignal
}

const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-threads', '1']

/** ffmpeg's argument for raw 16-bit samples in our rate on standard input. */
export const PCM16_INPUT = ['-f', 's16le', '-ar', String(SAMPLE_RATE_HZ), '-ac', '1', '-i', 'pipe:0']

/**
 * Runs ffmpeg from standard input to standard output and answers its bytes. Throws AudioRejected `undecodable` when it fails; a
 * missing program is a ToolFailed. That it ends well proves nothing about the audio: count the samples.
 */
export async function runFfmpeg(args: readonly string[], input: Uint8Array, tools: AudioTools): Promise<Buffer> {
  return (await runFfmpegTwice([...args, 'pipe:1'], input, tools)).stdout
}

/** The same with two outputs, which `args` name: `pipe:1` and `pipe:3`. */
export async function runFfmpegTwice(args: readonly string[], input: Uint8Array, { ffmpegPath, signal }: AudioTools) {
  const result = await runTool(ffmpegPath, [...QUIET, ...args], { input, ...(signal ? { signal } : {}) })
  if (result.exitCode === 0) return result
  throw new AudioRejected('undecodable', `ffmpeg ended with ${result.exitCode}: ${result.stderr.trim().slice(-400)}`)
}

/** The samples of a buffer of little-endian floats or 16-bit integers, copied so that alignment does not matter. */
export function asFloats(bytes: Buffer): Float32Array {
  const whole = bytes.length - (bytes.length % 4)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole))
}
