import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the neural voice, trusted by its content alone. */
export interface NeuralFile {
  name: string
  sha256: string
}

/** Kokoro-82M v1.0 (Apache-2.0) in full precision, and the smaller one that is taken when that cannot be had. */
export const neuralModels: readonly NeuralFile[] = [
  { name: 'model-fp32.onnx', sha256: '8fbea51ea711f2af382e88c833d9e288c6dc82ce5e98421ea61c058ce21a34cb' },
  { name: 'model-q8.onnx', sha256: 'fbae9257e1e05ffc727e951ef9b9c98418e6d79f1c9b6b13bd59f5c9028a1478' },
]

/** Two voices a sex for Mandarin (z), American (a) and British (b) English. */
export const neuralVoiceFiles: readonly NeuralFile[] = [
  { name: 'zf_xiaoxiao.bin', sha256: '03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169' },
  { name: 'zf_xiaoyi.bin', sha256: 'bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3' },
  { name: 'zm_yunjian.bin', sha256: 'de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa' },
  { name: 'zm_yunxi.bin', sha256: '7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b' },
  { name: 'af_heart.bin', sha256: 'd583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b' },
  { name: 'bf_emma.bin', sha256: '669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73' },
  { name: 'am_michael.bin', sha256: '1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1' },
  { name: 'am_fenrir.bin', sha256: 'c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43' },
]

/** The path of the best model in a folder that is complete (its voices beside it); nothing is read yet. */
export function presentModel(folder: string): NeuralFile | undefined {
  if (!neuralVoiceFiles.every(({ name }) => existsSync(join(folder, name)))) return undefined
  return neuralModels.find(({ name }) => existsSync(join(folder, name)))
}

/** Whether a file holds what its hash says; read in pieces, so that its size costs no memory. A missing file does not. */
export async function isGenuine(path: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  return hash.digest('hex') === sha256
}
