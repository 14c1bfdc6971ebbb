import { localStorageStore } from 'react-admin'
import type { Store } from 'react-admin'

const kept = ['locale', 'theme']
const whole = localStorageStore('1', 'aimake-console')

/** Signing out empties the store; the language and the theme are the person's, not the session's, and stay. */
export const store: Store = {
  ...whole,
  reset() {
    const values = kept.map((key) => [key, whole.getItem<string>(key)] as const)
    whole.reset()
    for (const [key, value] of values) if (value !== undefined) whole.setItem(key, value)
  },
}
