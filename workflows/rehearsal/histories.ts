import { readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { WorkflowHandle } from '@temporalio/client'

/** Where the recorded histories lie; a replay of each against the present code gates every change of it. */
export const historiesFolder = new URL('../histories/', import.meta.url)

/** What the server recorded of a run, as text to be kept: an event a line, so that a difference can be read. */
export async function historyText(handle: WorkflowHandle): Promise<string> {
  const { events } = JSON.parse(historyToJSON(await handle.fetchHistory()), withoutPaths) as { events: unknown[] }
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`
}

/** Whether it is of an order of work that runs begun earlier still have: `story@what-was-then`. Those are kept when others are recorded anew. */
export const isEarlier = (name: string): boolean => name.includes('@')

/** The recorded histories by the name of their story. */
export function readHistories(): { story: string; history: unknown }[] {
  const files = readdirSync(historiesFolder).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => ({
    story: basename(file, '.json'),
    history: JSON.parse(readFileSync(new URL(file, historiesFolder), 'utf8')),
  }))
}

/** A stack names the folders of the machine it was recorded on, and a replay never looks at it. */
function withoutPaths(key: string, value: unknown): unknown {
  return key === 'stackTrace' ? undefined : value
}
