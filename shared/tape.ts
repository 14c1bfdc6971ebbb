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

interface TapeLine {
  speaker: number
  energies: Uint8Array | null
  text: string
}

/** How many steps of 100 ms a line has, or will have. */
const stepsOf = ({ energies, text }: TapeLine): number =>
  energies ? Math.floor(energies.byteLength / 4) : Math.ceil(text.length * STEPS_PER_CHARACTER)

/** The sound at one step of a line; `null` where there is none yet. */
const energyAt = ({ energies }: TapeLine, step: number): number | null =>
  energies && new DataView(energies.buffer, energies.byteOffset).getFloat32(step * 4, true)

/** The whole episode in up to 120 marks `<speaker digit><height digit>`; `.` for a height not made yet. Looks at no more than it draws. */
export function tapeOf(lines: TapeLine[]): string {
  const lengths = lines.map(stepsOf)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const width = Math.max(1, total / MARKS)
  let [number, before, tape] = [0, 0, '']
  for (let mark = 0; mark < Math.min(MARKS, total); mark++) {
    const begin = Math.floor(mark * width)
    const end = Math.min(total, Math.max(begin + 1, Math.floor((mark + 1) * width)))
    // One moment of each stretch, not its mean: means of seconds are all alike, and a voice would look like a wall.
    const moment = begin + Math.floor((end - begin) / 2)
    while (moment >= before + lengths[number]!) before += lengths[number++]!
    const energy = energyAt(lines[number]!, moment - before)
    tape += `${Math.max(0, lines[number]!.speaker)}${energy === null ? '.' : heightOf(energy)}`
  }
  return tape
}
