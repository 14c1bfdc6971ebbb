import { readStored, writeStored } from '../../lib/stored.ts'
import type { LineDraft } from './script-change.ts'

// What one wrote into a line and has not saved: found again after a reload, a sign-out or another line.

const kept = 20

function all(): Record<string, LineDraft> {
  try {
    return JSON.parse(readStored('line-drafts') ?? '{}') as Record<string, LineDraft>
  } catch {
    return {}
  }
}

export const draftOfLine = (key: string): LineDraft | undefined => all()[key]

/** `undefined` forgets it. */
export function keepDraft(key: string, draft: LineDraft | undefined) {
  const { [key]: _, ...others } = all()
  const entries = Object.entries(draft ? { ...others, [key]: draft } : others)
  writeStored('line-drafts', JSON.stringify(Object.fromEntries(entries.slice(-kept))))
}
