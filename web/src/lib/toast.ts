import { createStore } from './store.ts'

export interface Toast {
  id: number
  words: string
  act?: { words: string; run: () => void }
}

const toast = createStore<Toast | null>(null)
let last = 0

export const useToast = toast.use

export function showToast(words: string, act?: Toast['act']) {
  last += 1
  toast.set({ id: last, words, ...(act ? { act } : {}) })
}

export const hideToast = () => toast.set(null)
