import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The programs and servers that work costs something at. */
export type Part = 'api' | 'worker' | 'database' | 'redis' | 'storage' | 'temporal'

/** What a piece of work takes of everything that can run short. */
export type Cost = Record<`${Part}CpuMs`, number> & {
  databaseRows: number
  databaseBytes: number
  objects: number
  objectBytes: number
  soundSeconds: number
  redisCommands: number
  temporalEvents: number
  providerCalls: number
}

/** Measured by `npm run bench:unit-costs` on the machine that `measuredOn` names. */
export interface UnitCosts {
  measuredOn: { cpu: string; cores: number; node: string; day: string; load: number }
  /** An episode without its lines, and each line of it. */
  perEpisode: Cost
  perLine: Cost
  /** A minute of listening through the API, and a look at the library. */
  perListenedMinute: { apiCpuMs: number; databaseCpuMs: number; apiRequests: number; bytes: number }
  perLibraryView: { apiCpuMs: number; databaseCpuMs: number }
  /** What each part takes of a core by itself, ms a second, and holds of memory. */
  idleCpuMs: Record<Part, number>
  residentMb: Record<Part, number>
  lineCharacters: number
  /** A look at the whole store, by `npm run bench:reconcile`. */
  reconcileSecondsPer100kObjects: number
}

export const unitCostsFile = join(import.meta.dirname, 'unit-costs.json')
export const readUnitCosts = () => JSON.parse(readFileSync(unitCostsFile, 'utf8')) as UnitCosts

/** The cost of episodes and their lines together. */
export function costOfLoad({ perEpisode, perLine }: UnitCosts, { episodes, lines }: { episodes: number; lines: number }): Cost {
  const names = Object.keys(perEpisode) as (keyof Cost)[]
  return Object.fromEntries(names.map((name) => [name, perEpisode[name] * episodes + perLine[name] * lines])) as unknown as Cost
}
