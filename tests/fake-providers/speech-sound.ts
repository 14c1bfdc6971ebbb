import { createHash } from 'node:crypto'

/** What a handler of speech can be told to do wrong with the sound itself. */
export const soundFaults = ['silent', 'clipped', 'noise', 'wrong-rate', 'half-length', 'triple-length', 'gap', 'wrong-container']

const HAN_PER_SECOND = 6
const LATIN_PER_SECOND = 15
const SYLLABLES_PER_SECOND = 4.5
const TABLE = 2048

/** How long a person takes to say it: about 6 Chinese or 15 Latin characters a second; a digit is a syllable, a sign a word. */
export function spokenSeconds(text: string): number {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  const syllables = count(/\p{sc=Han}|\p{N}/gu)
  const letters = count(/[^\p{sc=Han}\p{N}\p{P}\p{S}]/gu)
  const signs = count(/[\p{Sm}\p{Sc}%℃]/gu)
  return Math.max(0.3, (syllables + 2 * signs) / HAN_PER_SECOND + letters / LATIN_PER_SECOND)
}

/** Every voice has its own pitch, 90 to 250 Hz. */
const pitchOf = (voice: string) => 90 + (createHash('sha256').update(voice).digest().readUInt16LE(0) % 160)

/** One period of a voiced sound: harmonics with two formants. */
function period(pitchHz: number): Float32Array {
  const table = new Float32Array(TABLE)
  for (let harmonic = 1; harmonic * pitchHz < 4000; harmonic += 1) {
    const hz = harmonic * pitchHz
    const formants = 1 / (1 + ((hz - 600) / 250) ** 2) + 0.5 / (1 + ((hz - 1700) / 300) ** 2) + 0.1 / harmonic
    for (let at = 0; at < TABLE; at += 1) table[at]! += formants * Math.sin((2 * Math.PI * harmonic * at) / TABLE + harmonic)
  }
  const peak = table.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return table.map((sample) => sample / peak)
}

/**
 * Something like speech, of the length the text would have: syllables of a voiced sound with a moving pitch, the voice's own. Mono, 16 bits. With a
 * `fault` it is something no voice would say.
 */
export function speechSound(text: string, voice: string, rateHz: number, fault?: string): Int16Array {
  const share = fault === 'half-length' ? 0.35 : fault === 'triple-length' ? 3.5 : fault === 'wrong-rate' ? 1 / 3 : 1
  const gap = fault === 'gap' ? 5 * rateHz : 0
  const spoken = Math.round(spokenSeconds(text) * share * rateHz)
  const samples = new Int16Array(spoken + gap)
  if (fault === 'silent') return samples
  const [table, pitchHz] = [period(pitchOf(voice)), pitchOf(voice)]
  let [phase, noise] = [0, 1]
  for (let at = 0; at < spoken; at += 1) {
    const seconds = at / rateHz
    phase += (TABLE * pitchHz * (1 + 0.12 * Math.sin(3.1 * seconds))) / rateHz
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0
    const syllable = Math.max(0.05, Math.abs(Math.sin(Math.PI * SYLLABLES_PER_SECOND * seconds)))
    const voiced = fault === 'noise' ? 0.3 * (noise / 2 ** 31 - 1) : 0.35 * syllable * table[Math.floor(phase) % TABLE]!
    const level = fault === 'clipped' ? Math.max(-1, Math.min(1, voiced * 40)) : voiced
    samples[gap && at > spoken / 2 ? at + gap : at] = Math.round(level * 32_767)
  }
  return samples
}

/** The bytes of 16-bit samples, little endian. */
export const pcmBytes = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)

/** A WAV file. Streaming servers do not know the length when they write the header: `isStreamed` says so in it, as they do. */
export function wavBytes(samples: Int16Array, rateHz: number, isStreamed = false): Buffer {
  const header = Buffer.alloc(44)
  const bytes = samples.byteLength
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(isStreamed ? 0xffffffff : 36 + bytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rateHz, 24)
  header.writeUInt32LE(rateHz * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(isStreamed ? 0xffffffff : bytes, 40)
  return Buffer.concat([header, pcmBytes(samples)])
}
