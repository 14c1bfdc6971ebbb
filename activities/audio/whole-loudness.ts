import { FRAME_MS, type TimelineRow, timelineFrames } from '../../shared/playlist.ts'
import { readEnergies } from '../../shared/tape.ts'
import { TARGET_LUFS } from './level.ts'
import { integratedLufs, mergeEnergies } from './loudness.ts'

/** What is promised of a whole episode, decoded: this near the target. */
const TOLERANCE_LU = 0.5

/** A line as measured when it was made: `energies` and `peakDb` are of its decoded MP3. */
export interface MeasuredLine {
  energies: Uint8Array
  peakDb: number | null
}

/** Loudness and true peak of a whole file; `isOnTarget` within 0.5 LU of -16 LUFS. `lufs` is null for less than 400 ms of sound. */
export interface WholeLoudness {
  lufs: number | null
  peakDb: number | null
  isOnTarget: boolean
}

/**
 * Measures an assembled file without reading a byte of sound: its lines' energies are laid on the timeline and gated as BS.1770 asks.
 * Nothing leaks over a seam, so the highest peak of a line is the peak of the whole.
 */
export function wholeLoudness(lines: readonly MeasuredLine[], rows: readonly TimelineRow[]): WholeLoudness {
  const parts = rows.map(({ startFrame }, index) => ({
    startMs: startFrame * FRAME_MS,
    energies: readEnergies(lines[index]!.energies),
  }))
  const measured = integratedLufs([mergeEnergies(parts, timelineFrames(rows) * FRAME_MS)])
  const lufs = Number.isFinite(measured) ? measured : null
  const peakDb = lines.reduce<number | null>(
    (highest, line) => (line.peakDb === null ? highest : Math.max(highest ?? -Infinity, line.peakDb)),
    null,
  )
  return { lufs, peakDb, isOnTarget: lufs === null || Math.abs(lufs - TARGET_LUFS) <= TOLERANCE_LU }
}
