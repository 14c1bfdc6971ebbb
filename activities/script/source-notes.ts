import { z } from 'zod'
import { askForJson } from './ask-json.ts'
import type { ModelClient } from './model-client.ts'
import { type Passage, partsOf } from './passages.ts'
import type { OutlineRequest, WriterOptions } from './port.ts'
import { notesInstructions, shown } from './prompts.ts'

/** A point of a long source, with the passages it comes from. */
export interface Note {
  passages: number[]
  text: string
}

/** What the model is given to write from: the passages themselves, or notes on them where they are too many for one question. */
export type Material = { passages: { number: number; text: string }[] } | { notes: Note[] }

const schema = z.object({ notes: z.array(z.object({ passages: z.array(z.number().int()), text: z.string() })).min(1) })
const PARTS_AT_ONCE = 3
const ROUNDS = 3

/** Everything in the passages in a form that fits: read part by part where it does not, nothing left unread. */
export async function materialOf(
  client: ModelClient,
  request: OutlineRequest,
  passages: readonly Passage[],
  contextCharacters: number,
  options: WriterOptions,
): Promise<Material> {
  if (sizeOf(passages) <= contextCharacters) return { passages: shown(passages) }
  let notes = await notesOn(client, request, partsOf(passages, contextCharacters), options)
  // Notes on a very long source may be too long themselves: then they are read as it was.
  for (let round = 1; round < ROUNDS && sizeOf(notes) > contextCharacters; round += 1) {
    const sources = notes.map((note, at) => ({ number: at + 1, text: note.text, ref: { source: 0, start: 0, end: 0 } }))
    const shorter = await notesOn(client, request, partsOf(sources, contextCharacters), options)
    const before = notes
    notes = shorter.map((note) => ({ ...note, passages: note.passages.flatMap((at) => before[at - 1]?.passages ?? []) }))
  }
  return { notes }
}

const sizeOf = (items: readonly { text: string }[]): number => items.reduce((total, { text }) => total + text.length, 0)

async function notesOn(
  client: ModelClient,
  request: OutlineRequest,
  parts: Passage[][],
  options: WriterOptions,
): Promise<Note[]> {
  const found: Note[][] = []
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const read = async (part: Passage[], at: number): Promise<void> => {
    const input = { task: 'notes', language: request.language, part: at + 1, parts: parts.length, passages: shown(part) }
    const { notes } = await askForJson(
      client,
      { name: 'notes', instructions: notesInstructions(request), input, schema },
      { ...options, signal },
    )
    const known = new Set(part.map(({ number }) => number))
    found[at] = notes.map((note) => ({ ...note, passages: note.passages.filter((number) => known.has(number)) }))
  }
  const waiting = [...parts.entries()]
  const reader = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await read(next[1], next[0])
  }
  const readers = Array.from({ length: PARTS_AT_ONCE }, reader)
  try {
    await Promise.all(readers)
    return found.flat()
  } finally {
    // When one part cannot be read, the others need not be paid for.
    failed.abort()
    await Promise.allSettled(readers)
  }
}
