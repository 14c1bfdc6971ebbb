// The neural voice: a process of its own that keeps one model loaded and answers a NeuralOrder at a time with 24 kHz samples.
import { readFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { NeuralAnswer, NeuralOrder } from './neural-engine.ts'

const STYLE_FLOATS = 256
let loaded: { path: string; session: Promise<InferenceSession> } | undefined
const styles = new Map<string, Promise<Float32Array>>()

function sessionFor({ modelPath, threads }: NeuralOrder): Promise<InferenceSession> {
  if (loaded?.path !== modelPath) {
    // Threads that wait by spinning starve whoever shares the processor: 6.1 s of it against 4.8 s, seen once on a busy machine.
    const extra = { session: { intra_op: { allow_spinning: '0' } } }
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1, extra }
    loaded = { path: modelPath, session: InferenceSession.create(modelPath, options) }
  }
  return loaded.session
}

async function readStyles(path: string): Promise<Float32Array> {
  const bytes = await readFile(path)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

async function speak(order: NeuralOrder): Promise<Float32Array[]> {
  const session = await sessionFor(order)
  if (!styles.has(order.voicePath)) styles.set(order.voicePath, readStyles(order.voicePath))
  const rows = (await styles.get(order.voicePath)) as Float32Array
  const spoken: Float32Array[] = []
  for (const ids of order.stretches) {
    const padded = BigInt64Array.from([0, ...ids, 0].map(BigInt))
    // The style depends on how many symbols there are: a row for each length.
    const style = rows.slice(ids.length * STYLE_FLOATS, (ids.length + 1) * STYLE_FLOATS)
    const result = await session.run({
      input_ids: new Tensor('int64', padded, [1, padded.length]),
      style: new Tensor('float32', style, [1, STYLE_FLOATS]),
      speed: new Tensor('float32', Float32Array.of(1), [1]),
    })
    spoken.push(result[session.outputNames[0] as string]?.data as Float32Array)
  }
  return spoken
}

process.on('message', (order: NeuralOrder) => {
  speak(order)
    .then((samples): NeuralAnswer => {
      // Seen with some builds of the model: numbers that are none. That is no sound and must not be stored as one.
      const isBroken = samples.some((stretch) => !stretch.every((sample) => Number.isFinite(sample)))
      return isBroken ? { problem: 'the model answered numbers that are none' } : { samples }
    })
    .catch((error: unknown): NeuralAnswer => ({ problem: error instanceof Error ? error.message : String(error) }))
    .then((answer) => process.send?.(answer))
    .catch(() => process.exit(1))
})
// Whoever started it is gone, perhaps killed: nobody would ever end this process.
process.once('disconnect', () => process.exit(0))
