/** The tape: the sound of an episode as marks that can be drawn, one height digit 0-9 each. */

const LINE_MARK_MS = 200
const ENERGY_MS = 100
const MARKS = 120
/** The quietest and loudest speech that still looks different: K-weighted energy in dB. */
const FLOOR_DB = -30
const CEILING_DB = -11
/** A line not voiced yet is as long as its text suggests, in 100 ms steps a character. */
const STEPS_PER_CHARACTER = 1.7

function heightOf(energy: number): number {
  const db = 10 * Math.log10(Math.max(energy, 1e-9))
  return Math.round(Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB))) * 9)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** 32-bit floats, little endian, as they lie in the store. */
export function readEnergies(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, index) => view.getFloat32(index * 4, true))
}

export function writeEnergies(energies: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(energies.length * 4)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < energies.length; index++) view.setFloat32(index * 4, energies[index]!, true)
  return bytes
}

/** One digit every 200 ms. */
export function barsOf(bytes: Uint8Array): string {
  const energies = readEnergies(bytes)
  const step = LINE_MARK_MS / ENERGY_MS
  let bars = ''
  for (let index = 0; index < energies.length; index += step) bars += heightOf(mean(energies.slice(index, index + step)))
  return bars || '0'
}

/** Energies every 100 ms; `null` where there is no sound yet. */
const stepsOf = (energies: Uint8Array | null, text: string): (number | null)[] =>
  energies ? readEnergies(energies) : Array.from({ length: Math.ceil(text.length * STEPS_PER_CHARACTER) }, () => null)

/** The whole episode in up to 120 marks `<speaker digit><height digit>`; `.` for a height not made yet. */
export function tapeOf(lines: { speaker: number; energies: Uint8Array | null; text: string }[]): string {
  const steps = lines.flatMap(({ speaker, energies, text }) => stepsOf(energies, text).map((energy) => ({ speaker, energy })))
  const width = Math.max(1, steps.length / MARKS)
  const marks = Math.min(MARKS, steps.length)
  return Array.from({ length: marks }, (_, mark) => {
    const slice = steps.slice(Math.floor(mark * width), Math.max(Math.floor(mark * width) + 1, Math.floor((mark + 1) * width)))
    // One moment of each stretch, not its mean: means of seconds are all alike, and a voice would look like a wall.
    const { speaker, energy } = slice[Math.floor(slice.length / 2)]!
    return `${Math.max(0, speaker)}${energy === null ? '.' : heightOf(energy)}`
  }).join('')
}
