import { worker } from 'workerpool'
import { AudioRejected } from './audio-rejected.ts'
import type { SpokenText } from './accept.ts'
import { decode } from './decode.ts'
import type { EncodedAudio } from './decode.ts'
import type { LineTask } from './first-lines-first.ts'
import { joinSamples } from './join-samples.ts'
import type { LevelOptions } from './level.ts'
import { acceptedSamples, encodeLineAudio } from './line-audio.ts'

// What runs in a process of the sound pool. Errors lose their class on the way to another process, so a rejection is an answer.

/** Bytes arrive here without being a Buffer. */
export type SentAudio = Omit<EncodedAudio, 'audio'> & { audio: Uint8Array }

export interface AcceptTask extends LineTask {
  answer: SentAudio
  spoken: SpokenText
  ffmpegPath: string
}

export interface EncodeTask extends LineTask {
  answers: SentAudio[]
  options: LevelOptions
  ffmpegPath: string
}

export type Outcome<T> = { made: T } | { rejected: Pick<AudioRejected, 'code' | 'detail'> }

const accept = ({ answer, spoken, ffmpegPath }: AcceptTask) =>
  outcome(async () => void (await acceptedSamples(arrived(answer), spoken, { ffmpegPath })))

const encode = ({ answers, options, ffmpegPath }: EncodeTask) =>
  outcome(async () => {
    const pieces = await Promise.all(answers.map((answer) => decode(arrived(answer), { ffmpegPath })))
    return encodeLineAudio(joinSamples(pieces), { ffmpegPath }, options)
  })

const arrived = (answer: SentAudio): EncodedAudio => ({ ...answer, audio: bufferOf(answer.audio) })

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

async function outcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { made: await work() }
  } catch (error) {
    if (!(error instanceof AudioRejected)) throw error
    return { rejected: { code: error.code, detail: error.detail } }
  }
}

// A terminal tells the whole group to stop: the lines at work are finished first.
process.on('SIGINT', () => {})
// Without its worker there is nothing to end properly, and an exit can wait for ever for a thread that compiles (Node 24.21).
const vanish = () => process.kill(process.pid, 'SIGKILL')
process.prependListener('disconnect', vanish)
if (!process.connected) vanish()
worker({ accept, encode })
