import { createStore } from './store.ts'

export interface Toast {
  id: number
  words: string
  act?: { words: string; run: () => void; episodeId?: string }
}

const toast = createStore<Toast | null>(null)
let last = 0

export const useToast = toast.use

export function showToast(words: string, act?: Toast['act']) {
  last += 1
  toast.set({ id: last, words, ...(act ? { act } : {}) })
}

export const hideToast = () => toast.set(null)

/** The way back in an episode goes with the episode: there it would lead nowhere. */
export function hideToastOf(episodeId: string) {
  if (toast.get()?.act?.episodeId === episodeId) hideToast()
}
