import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { pool } from 'workerpool'
import type { Pool } from 'workerpool'
import type { SpokenText } from './accept.ts'
import { AudioRejected } from './audio-rejected.ts'
import type { EncodedAudio } from './decode.ts'
import { FirstLinesFirst } from './first-lines-first.ts'
import type { LineTask } from './first-lines-first.ts'
import type { LevelOptions } from './level.ts'
import type { LineAudio } from './line-audio.ts'
import type { AcceptTask, EncodeTask, Outcome, SentAudio } from './sound-process.ts'

/** Of an answer what makes its sound. */
const sent = ({ audio, format, sampleRateHz }: EncodedAudio): SentAudio => ({
  audio,
  format,
  ...(sampleRateHz !== undefined && { sampleRateHz }),
})

/**
 * The audio core in processes, one a core: while a line is made into sound, the worker goes on hearing its providers, Temporal and
 * the store. Processes and not threads, because starting a program takes as long as the memory of whoever starts it is large: 30 ms from
 * a worker of 800 MB, 3 from these. A line is made within a second, so it is not stopped on the way. Throws what `makeLineAudio` throws.
 */
export class SoundPool {
  private pool: Pool | undefined
  private readonly ffmpegPath: string
  private readonly processes: number

  constructor(ffmpegPath: string, processes = availableParallelism()) {
    this.ffmpegPath = ffmpegPath
    this.processes = processes
  }

  /** Has the processes ready before the first line needs them: 75 MB each, which a worker that never makes sound can spare. May be asked again. */
  start(): Pool {
    return (this.pool ??= pool(fileURLToPath(new URL('sound-process.ts', import.meta.url)), {
      workerType: 'process',
      minWorkers: this.processes,
      maxWorkers: this.processes,
      // Bytes travel as they are, not as text.
      forkOpts: { serialization: 'advanced', execArgv: [] },
      queueStrategy: new FirstLinesFirst(),
    }))
  }

  /** The acceptance gate: the answer can be decoded, and may be what was asked for. */
  accept(answer: EncodedAudio, spoken: SpokenText, line: LineTask): Promise<void> {
    const task: AcceptTask = { answer: sent(answer), spoken, ffmpegPath: this.ffmpegPath, ...line }
    return this.run<void>('accept', task)
  }

  /**
   * Accepted answers as one line: decoded once more, for samples are many times as large as answers and would pass through the worker twice; then
   * joined, levelled, encoded and proved.
   */
  async encode(answers: readonly EncodedAudio[], options: LevelOptions, line: LineTask): Promise<LineAudio> {
    const task: EncodeTask = { answers: answers.map(sent), options, ffmpegPath: this.ffmpegPath, ...line }
    const { mp3, flac, ...made } = await this.run<LineAudio>('encode', task)
    return { ...made, mp3: Buffer.from(mp3), flac: Buffer.from(flac) }
  }

  async close(): Promise<void> {
    await this.pool?.terminate(true)
  }

  private async run<T>(name: 'accept' | 'encode', task: AcceptTask | EncodeTask): Promise<T> {
    const outcome = (await this.start().exec(name, [task])) as Outcome<T>
    if ('rejected' in outcome) throw new AudioRejected(outcome.rejected.code, outcome.rejected.detail)
    return outcome.made
  }
}
