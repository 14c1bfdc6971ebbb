import { createStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'

export type Theme = 'system' | 'light' | 'dark'

const isTheme = (word: string | null): word is Theme => word === 'light' || word === 'dark'
const stored = readStored('theme')
const theme = createStore<Theme>(isTheme(stored) ? stored : 'system')

export const useTheme = theme.use

export function chooseTheme(next: Theme) {
  theme.set(next)
  writeStored('theme', next === 'system' ? null : next)
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}
