import { createStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'
import type { Brief, Language } from './types.ts'

export type Format = NonNullable<Brief['format']>

/** Who speaks, with which voice, and what they are like. */
export interface Speaker {
  name: string
  voiceId: string
  role?: string
}

/** A file that was sent, by the name it came with. */
export interface SentFile {
  uploadId: string
  name: string
}

/** What is in the box and how it shall be made. Null means: as recognised, or the server's default. */
export interface Draft {
  text: string
  files: SentFile[]
  kind: 'podcast' | 'narration' | null
  language: Language | null
  /** The person says: this is a text, though it looks like a script. */
  asText: boolean
  speakers: Speaker[] | null
  targetMinutes: number | null
  format: Format | null
  style: string
  /** Whether the first line says that the voices are synthetic. */
  notice: boolean | null
  m4a: boolean
  /** The script waits for its person before it is voiced. */
  review: boolean
  /** The most it may cost, in dollars as typed; empty: no cap. */
  budget: string
  /** One key for one order: twice pressed makes one episode. Any change of the order drops it. */
  key: string | null
}

/** Everything as the house would choose it; text and kind are no such choices. */
export const noChoices = {
  language: null,
  speakers: null,
  targetMinutes: null,
  format: null,
  style: '',
  notice: null,
  m4a: false,
  review: false,
  budget: '',
} satisfies Partial<Draft>

const empty: Draft = {
  text: '',
  files: [],
  kind: null,
  asText: false,
  key: null,
  ...noChoices,
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
export const draftNow = draft.get

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

export const hasChoices = (chosen: Draft) =>
  Object.entries(noChoices).some(([name, unchosen]) => chosen[name as keyof Draft] !== unchosen)

export const isEmptyDraft = ({ text, files }: Draft) => text.trim() === '' && files.length === 0

/** Another draft in place of the one that is there; its order is a new one. */
export function replaceDraft(next: Draft) {
  draft.set({ ...empty, ...next, key: null })
  save()
}

export function clearDraft() {
  draft.set(empty)
  save()
}

// randomUUID is missing where the page came over plain http from another machine.
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
