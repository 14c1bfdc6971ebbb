import { useSyncExternalStore } from 'react'
import { createStore } from '../../lib/store.ts'

/** What of a line is open besides its words. */
export type LinePart = 'edit' | 'add' | 'takes' | 'sheet'

interface OpenLine {
  /** Of the first line it goes back to: a version that comes meanwhile gives every line a new id of its own. */
  id: string
  part: LinePart
}

// One line at a time: two open editors would be two drafts of one script.
const open = createStore<OpenLine | null>(null)
/** The line one has the focus or the finger on: its source stands beside the script. */
const chosen = createStore<string | null>(null)

export const openLine = (id: string, part: LinePart) => open.set({ id, part })
export const closeLine = () => open.set(null)
export const useOpenLine = open.use
export const currentOpenLine = open.get

/** Re-renders only the line it is about, though a thousand ask. */
export const usePartOf = (id: string): LinePart | null =>
  useSyncExternalStore(open.subscribe, () => (open.get()?.id === id ? (open.get()?.part ?? null) : null))

export const chooseLine = (id: string | null) => chosen.set(id)
export const useChosenLine = chosen.use
