import type { Draft } from './draft.ts'
import { clearDraft, draftNow, isEmptyDraft, newKey, replaceDraft } from './draft.ts'
import { createStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'

/** A draft that was put aside, on this device. */
export interface ShelvedDraft {
  id: string
  at: string
  draft: Draft
}

const most = 20
const shelf = createStore<ShelvedDraft[]>(restore())

export const useShelf = shelf.use

function restore(): ShelvedDraft[] {
  try {
    return JSON.parse(readStored('drafts') ?? '[]') as ShelvedDraft[]
  } catch {
    return []
  }
}

function keep(drafts: ShelvedDraft[]): void {
  shelf.set(drafts.slice(0, most))
  writeStored('drafts', shelf.get().length === 0 ? null : JSON.stringify(shelf.get()))
}

const withCurrent = (drafts: ShelvedDraft[]): ShelvedDraft[] =>
  isEmptyDraft(draftNow()) ? drafts : [{ id: newKey(), at: new Date().toISOString(), draft: draftNow() }, ...drafts]

/** Empties the box and keeps what was in it. */
export function putAside(): void {
  keep(withCurrent(shelf.get()))
  clearDraft()
}

/** Takes a draft up again; what was in the box changes places with it. */
export function takeUp({ id, draft }: ShelvedDraft): void {
  keep(withCurrent(shelf.get().filter((one) => one.id !== id)))
  replaceDraft(draft)
}

/** Drops a draft; answers the way back. */
export function dropDraft(gone: ShelvedDraft): () => void {
  keep(shelf.get().filter(({ id }) => id !== gone.id))
  return () => keep([gone, ...shelf.get()])
}
