import { createStore } from './store.ts'

// On a phone the top bar is the page's: it lends these two places, and the page fills them.
const crumb = createStore<HTMLElement | null>(null)
const tools = createStore<HTMLElement | null>(null)

export const lendCrumb = (place: HTMLElement | null) => crumb.set(place)
export const lendTools = (place: HTMLElement | null) => tools.set(place)
export const useCrumbPlace = crumb.use
export const useToolsPlace = tools.use
