import { fileURLToPath } from 'node:url'
import { ToolFailed, type ToolResult, runTool } from '../audio/run-tool.ts'
import type { Language } from '../../shared/text.ts'
import { SpeechFailed } from './port.ts'

/** One call of espeak-ng: its arguments without input and output, and the text. */
export interface EspeakRun {
  args: string[]
  text: string
}

/** What is to be said how; the engine knows its own names for the languages. */
export interface EspeakRequest {
  language: Language
  variant: string
  pitch: number
  text: string
}

/** An espeak-ng of this machine: answers one WAV file (22,050 Hz, mono, 16-bit) a request. */
export interface Espeak {
  name: string
  speak(requests: readonly EspeakRequest[], signal: AbortSignal): Promise<Buffer[]>
  /** The phonemes (IPA, the parts of one sound tied by `^`) of each English text: a line for each clause espeak-ng finds in it. */
  spell(texts: readonly string[], accent: EnglishAccent, signal: AbortSignal): Promise<string[][]>
}

/** Whose English is spelled. */
export type EnglishAccent = 'en-us' | 'en-gb'

// Mandarin above 190 words a minute was not understood by a recogniser; English at 160 is near 15 characters a second.
const WORDS_PER_MINUTE: Record<Language, number> = { zh: 190, en: 160 }
// Of 200; at the default of 100 the loudest syllables clip.
const AMPLITUDE = 60
const MAX_WAV_BYTES = 256 * 2 ** 20
const CHILD_PATH = fileURLToPath(new URL('./local-espeak-child.ts', import.meta.url))

function espeakArgs({ language, variant, pitch }: EspeakRequest, voices: Record<Language, string>): string[] {
  const voice = variant ? `${voices[language]}+${variant}` : voices[language]
  return ['-v', voice, '-p', String(pitch), '-s', String(WORDS_PER_MINUTE[language]), '-a', String(AMPLITUDE), '-b', '1', '-z']
}

const SPELLING = ['-q', '--ipa', '--tie=^', '-b', '1']
const clauses = (output: Buffer): string[] =>
  output
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function requireSuccess(result: ToolResult, atLeastBytes = 44): Buffer {
  if (result.exitCode === 0 && result.stdout.length > atLeastBytes) return result.stdout
  if (/ERR_MODULE_NOT_FOUND/.test(result.stderr)) {
    throw new SpeechFailed('engine_missing', 'no espeak-ng program on PATH and no npm package espeak-ng', { retryable: false })
  }
  throw new SpeechFailed('engine_failed', `espeak-ng ended with ${result.exitCode}: ${result.stderr.trim().slice(-300)}`, {
    retryable: true,
  })
}

/** The system's espeak-ng program. Debian's 1.51 reads plain `cmn` as English, so Mandarin goes by `cmn-latn-pinyin`. */
export function systemEspeak(path: string): Espeak {
  const voices = { zh: 'cmn-latn-pinyin', en: 'en-us' }
  return {
    name: path,
    async speak(requests, signal) {
      const answers: Buffer[] = []
      for (const request of requests) {
        const input = Buffer.from(request.text, 'utf8')
        answers.push(
          requireSuccess(
            await runTool(path, [...espeakArgs(request, voices), '--stdin', '--stdout'], {
              input,
              signal,
              maxStdoutBytes: MAX_WAV_BYTES,
            }),
          ),
        )
      }
      return answers
    },
    async spell(texts, accent, signal) {
      const spelled: string[][] = []
      for (const text of texts) {
        const input = Buffer.from(text, 'utf8')
        spelled.push(clauses(requireSuccess(await runTool(path, [...SPELLING, '-v', accent, '--stdin'], { input, signal }), 0)))
      }
      return spelled
    },
  }
}

/** The npm build of espeak-ng (WebAssembly) in a Node process of its own, about 0.2 s a line. */
export function packagedEspeak(nodePath: string = process.execPath): Espeak {
  const voices = { zh: 'cmn', en: 'en-us' }
  return {
    name: 'npm espeak-ng',
    async speak(requests, signal) {
      const runs: EspeakRun[] = requests.map((request) => ({ args: espeakArgs(request, voices), text: request.text }))
      const input = Buffer.from(JSON.stringify(runs), 'utf8')
      const output = requireSuccess(await runTool(nodePath, [CHILD_PATH], { input, signal, maxStdoutBytes: MAX_WAV_BYTES }))
      return splitAnswers(output, runs.length)
    },
    async spell(texts, accent, signal) {
      const runs: EspeakRun[] = texts.map((text) => ({ args: [...SPELLING, '-v', accent], text }))
      const input = Buffer.from(JSON.stringify(runs), 'utf8')
      return splitAnswers(requireSuccess(await runTool(nodePath, [CHILD_PATH], { input, signal }), 4), runs.length).map(clauses)
    },
  }
}

function splitAnswers(output: Buffer, expected: number): Buffer[] {
  const answers: Buffer[] = []
  for (let at = 0; at + 4 <= output.length;) {
    const bytes = output.readUInt32LE(at)
    answers.push(output.subarray(at + 4, at + 4 + bytes))
    at += 4 + bytes
  }
  if (answers.length === expected && answers.at(-1)?.length) return answers
  throw new SpeechFailed('engine_failed', `${answers.length} of ${expected} parts were spoken`, { retryable: true })
}

/** The espeak-ng to use: the program at `espeakPath` or on PATH when it runs, else the npm build. Asks the program for its version once. */
export async function findEspeak({
  espeakPath = 'espeak-ng',
  nodePath,
}: { espeakPath?: string; nodePath?: string } = {}): Promise<Espeak> {
  try {
    const { exitCode } = await runTool(espeakPath, ['--version'])
    if (exitCode === 0) return systemEspeak(espeakPath)
  } catch (error) {
    if (!(error instanceof ToolFailed)) throw error
  }
  return packagedEspeak(nodePath)
}
