import { AsyncLocalStorage } from 'node:async_hooks'

/** What a request or a deed is found again by, in every log line and every report. */
export interface Marks {
  requestId?: string
  episodeId?: string
}

const marks = new AsyncLocalStorage<Marks>()

/** Whatever `work` does, logs and reports under these marks. */
export const marked = <T>(own: Marks, work: () => T): T => marks.run(own, work)

/** The marks of what is going on here; none outside of any. */
export const marksHere = (): Marks => marks.getStore() ?? {}

/** Adds to the marks of what is going on here. */
export function mark(more: Marks): void {
  Object.assign(marks.getStore() ?? {}, more)
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const inPath = new RegExp(`/episodes/(${uuid})`)
const inWorkflow = new RegExp(`^episode-(${uuid})`)

/** The episode that an address or a workflow's id is about. */
export const episodeIn = (text: string): string | undefined => (inPath.exec(text) ?? inWorkflow.exec(text))?.[1]
