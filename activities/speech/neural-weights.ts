import { join } from 'node:path'
import type { Logger } from '../../shared/logger.ts'
import { isGenuine, neuralVoiceFiles, presentModel } from '../../shared/neural-voice.ts'

/** What the engine takes at its largest, with room for the machine to go on. */
export const NEURAL_MEMORY_BYTES = 2 * 2 ** 30
const LOOK_EVERY_MS = 3_000

/** The files to speak with, or why there are none and whether there may be some later. */
export type NeuralWeights = { modelPath: string; voicesFolder: string } | { missing: string; retryable: boolean }

/** `onReady` is told again and again while the voice can be used. `isLoaded`: it holds its memory already. */
export interface NeuralWatch {
  folder: string | undefined
  isLoaded(): boolean
  onReady(): Promise<unknown>
  logger: Pick<Logger, 'info' | 'warn'>
  freeBytes?: () => number
  everyMs?: number
}

const off = { missing: 'the neural voice is switched off on this machine', retryable: false }
const coming = { missing: "the neural voice's weights are not here yet", retryable: true }
const crowded = { missing: `the neural voice needs ${NEURAL_MEMORY_BYTES / 2 ** 30} GB of free memory`, retryable: true }
const forged = { missing: "the neural voice's files are not the pinned ones", retryable: false }

/**
 * Waits for the neural voice's weights and takes them into use without a restart. They are read whole once and used only when every hash is
 * the pinned one.
 */
export function watchNeuralVoice({ folder, isLoaded, onReady, logger, ...options }: NeuralWatch) {
  const { freeBytes = () => process.availableMemory(), everyMs = LOOK_EVERY_MS } = options
  const hasRoom = (): boolean => isLoaded() || freeBytes() >= NEURAL_MEMORY_BYTES
  let state: NeuralWeights = folder ? coming : off
  let checked: NeuralWeights | undefined
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<NeuralWeights> => {
    const model = folder && presentModel(folder)
    if (!folder || !model) return folder ? coming : off
    if (!hasRoom()) return crowded
    return (checked ??= await judge(folder, model))
  }
  const round = async (told?: NeuralWeights): Promise<void> => {
    try {
      state = await look()
      if (!('missing' in state)) await onReady()
      if (state !== told) report(state)
      told = state
    } catch (error) {
      logger.warn({ err: error }, 'the neural voice could not be looked after; trying again')
    }
    if (timer && state !== off && state !== forged) timer = setTimeout(() => void round(told), everyMs).unref()
  }
  const report = (now: NeuralWeights): void =>
    'missing' in now
      ? logger.info(`${now.missing}: espeak-ng is the local voice`)
      : logger.info({ model: now.modelPath }, 'the neural voice is ready')

  return {
    /** What to speak with at this moment. */
    weights: (): NeuralWeights => ('missing' in state || hasRoom() ? state : crowded),
    start(): void {
      timer ??= setTimeout(() => void round(), 0)
    },
    stop(): void {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

async function judge(folder: string, model: { name: string; sha256: string }): Promise<NeuralWeights> {
  for (const { name, sha256 } of [...neuralVoiceFiles, model]) {
    if (!(await isGenuine(join(folder, name), sha256))) return forged
  }
  return { modelPath: join(folder, model.name), voicesFolder: folder }
}
