import { createStore } from './store.ts'

/** Whether the list of keys is on the screen. */
export const keyHelp = createStore(false)

export const showKeys = () => keyHelp.set(true)
