import type { FindingKind } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'

export interface Left {
  id: string
}

/** What is left over of a kind, and how one lot of it is mended; `mend` looks again, and answers how many it changed. */
export interface Leftover {
  kind: FindingKind
  find: (deps: Deps) => Promise<Left[]>
  mend: (deps: Deps, ids: string[]) => Promise<number>
}
