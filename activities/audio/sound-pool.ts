import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import type { SpokenText } from './accept.ts'
import { AudioRejected } from './audio-rejected.ts'
import type { EncodedAudio } from './decode.ts'
import { FirstLinesFirst, queued } from './first-lines-first.ts'
import type { LineTask } from './first-lines-first.ts'
import type { LevelOptions } from './level.ts'
import type { LineAudio } from './line-audio.ts'
import type { AcceptTask, EncodeTask, Outcome } from './sound-thread.ts'

/**
 * The audio core in threads, one a core: while a line is made into sound, the process goes on hearing its providers, Temporal and
 * the store. A line is made within a second, so it is not stopped on the way. Throws what `makeLineAudio` throws.
 */
export class SoundPool {
  private readonly pool: Piscina
  private readonly ffmpegPath: string

  constructor(ffmpegPath: string, threads = availableParallelism()) {
    this.ffmpegPath = ffmpegPath
    const filename = fileURLToPath(new URL('sound-thread.ts', import.meta.url))
    // A thread waits for the programs it runs, so it must not sleep on its tasks.
    this.pool = new Piscina({
      filename,
      minThreads: threads,
      maxThreads: threads,
      atomics: 'disabled',
      taskQueue: new FirstLinesFirst(),
    })
  }

  /** An answer decoded to 48 kHz mono that passed the acceptance gate. */
  accept(answer: EncodedAudio, spoken: SpokenText, line: LineTask): Promise<Float32Array> {
    const task: AcceptTask = { answer, spoken, ffmpegPath: this.ffmpegPath }
    return this.run<Float32Array>('accept', task, line)
  }

  /** Accepted samples levelled, encoded and proved. */
  async encode(samples: Float32Array, options: LevelOptions, line: LineTask): Promise<LineAudio> {
    const task: EncodeTask = { samples, options, ffmpegPath: this.ffmpegPath }
    const { mp3, flac, ...made } = await this.run<LineAudio>('encode', task, line)
    return { ...made, mp3: Buffer.from(mp3), flac: Buffer.from(flac) }
  }

  async close(): Promise<void> {
    await this.pool.destroy()
  }

  private async run<T>(name: 'accept' | 'encode', task: AcceptTask | EncodeTask, line: LineTask): Promise<T> {
    const outcome = (await this.pool.run(queued(task, line), { name })) as Outcome<T>
    if ('rejected' in outcome) throw new AudioRejected(outcome.rejected.code, outcome.rejected.detail)
    return outcome.made
  }
}
