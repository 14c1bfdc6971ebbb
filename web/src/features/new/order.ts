import type { Draft, Speaker } from '../../lib/draft.ts'
import { microUsdOf } from '../../lib/money.ts'
import type { Recognised } from '../../lib/recognise.ts'
import type { Brief, Language, ReadableSource } from '../../lib/types.ts'

export interface Order {
  kind: 'podcast' | 'narration'
  /** Read as the script says, not a word changed. */
  asScript: boolean
  /** The script is still to be written: format, style and length have a say. */
  written: boolean
  brief: Brief
}

const tooShortForTalk: Record<Language, number> = { zh: 60, en: 40 }

/** What has to be read before its length is known: the files, and the links where the box holds nothing else. */
export const readableIn = ({ files }: Draft, { links }: Recognised): ReadableSource[] => [
  ...files.map(({ uploadId }) => ({ type: 'file' as const, uploadId })),
  ...links.map((url) => ({ type: 'url' as const, url })),
]

/** What the draft asks for: what the person chose, else what fits the text. `topics`: whether a topic alone is enough. */
export function orderOf(draft: Draft, seen: Recognised, topics = false): Order {
  const readable = readableIn(draft, seen)
  const isTopic = topics && readable.length === 0 && looksLikeTopic(draft.text, seen)
  const looksScript = seen.scriptSpeakers !== null && !draft.asText && readable.length === 0
  const isTooShort = seen.amount > 0 && seen.amount < tooShortForTalk[seen.language]
  const fitting = looksScript || isTopic || readable.length > 0 || !isTooShort ? 'podcast' : 'narration'
  const kind = draft.kind ?? fitting
  const asScript = kind === 'podcast' && looksScript
  const most = kind === 'narration' || (draft.format === 'monologue' && !asScript) ? 1 : 6
  const written = kind === 'podcast' && !asScript
  const budget = microUsdOf(draft.budget)
  return {
    kind,
    asScript,
    written,
    brief: {
      kind,
      sources: sourcesOf(),
      ...(draft.language ? { language: draft.language } : {}),
      ...(draft.speakers ? { speakers: draft.speakers.slice(0, most).map(speakerOf) } : {}),
      ...(written && draft.targetMinutes !== null ? { targetMinutes: draft.targetMinutes } : {}),
      ...(written && draft.format ? { format: draft.format } : {}),
      ...(written && draft.style.trim() ? { style: draft.style.trim() } : {}),
      ...(draft.notice === null ? {} : { notice: draft.notice }),
      ...(draft.m4a ? { m4a: true } : {}),
      ...(draft.review ? { review: true } : {}),
      ...(budget === null ? {} : { budgetMicroUsd: budget }),
    },
  }

  function sourcesOf(): Brief['sources'] {
    if (isTopic && kind === 'podcast') return [{ type: 'topic', topic: draft.text.trim() }]
    const isWords = seen.links.length === 0 && (readable.length === 0 || draft.text.trim() !== '')
    return [...readable, ...(isWords ? [{ type: asScript ? ('script' as const) : ('text' as const), text: draft.text }] : [])]
  }
}

const speakerOf = ({ name, voiceId, role }: Speaker) => ({
  name: name.trim(),
  voiceId,
  ...(role?.trim() ? { role: role.trim() } : {}),
})

/** Chosen voices belong to a cast: another kind, or other names in the script, and they are chosen anew. */
export const keepsCast = (part: Partial<Draft>, before: Recognised, after: Recognised) =>
  part.kind === undefined && part.asText === undefined && String(before.scriptSpeakers) === String(after.scriptSpeakers)

/** A few words without a full stop are a topic. */
export const looksLikeTopic = (text: string, seen: Recognised) =>
  seen.amount > 0 && seen.amount <= 20 && seen.links.length === 0 && !/[。！？.!?\n]/.test(text.trim())
