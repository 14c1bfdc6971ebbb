import { createStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'
import type { Language } from './types.ts'

/** What is in the box and how it shall be made. Null means: as recognised, or the server's default. */
export interface Draft {
  text: string
  kind: 'podcast' | 'narration' | null
  language: Language | null
  /** The person says: this is a text, though it looks like a script. */
  asText: boolean
  speakers: { name: string; voiceId: string }[] | null
  targetMinutes: number | null
  /** One key for one order: twice pressed makes one episode. Any change of the order drops it. */
  key: string | null
}

const empty: Draft = {
  text: '',
  kind: null,
  language: null,
  asText: false,
  speakers: null,
  targetMinutes: null,
  key: null,
}

const saveAfterMs = 300
const draft = createStore<Draft>(restore())
let timer: ReturnType<typeof setTimeout> | undefined

function restore(): Draft {
  try {
    return { ...empty, ...(JSON.parse(readStored('draft') ?? '{}') as Partial<Draft>) }
  } catch {
    return empty
  }
}

const save = () => {
  clearTimeout(timer)
  timer = undefined
  writeStored('draft', draft.get() === empty ? null : JSON.stringify(draft.get()))
}

addEventListener('pagehide', save)

export const useDraft = draft.use

export function changeDraft(part: Partial<Omit<Draft, 'key'>>) {
  draft.set({ ...draft.get(), ...part, key: null })
  timer ??= setTimeout(save, saveAfterMs)
}

export function keyOfDraft(): string {
  const key = draft.get().key ?? newKey()
  draft.set({ ...draft.get(), key })
  save()
  return key
}

export function clearDraft() {
  draft.set(empty)
  save()
}

// randomUUID is missing where the page came over plain http from another machine.
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
