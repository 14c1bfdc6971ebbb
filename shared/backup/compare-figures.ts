import type { Figures } from './figures.ts'

/** A sentence would be too long for a whole function; this much says which one it is. */
const LINE_LENGTH = 160
const MOST = 50

/**
 * What differs between what was dumped and what was restored, a sentence each; empty when nothing does. A sequence is dumped as it stands, not as it
 * stood in the snapshot: it may be anywhere between the two moments it was looked at.
 */
export function differences(dumped: Figures & { sequencesAfter?: Figures['sequences'] }, restored: Figures): string[] {
  const found = [
    ...tableDifferences(dumped.tables, restored.tables),
    ...sequenceDifferences(dumped.sequences, dumped.sequencesAfter ?? dumped.sequences, restored.sequences),
    ...Object.keys({ ...dumped.schema, ...restored.schema }).flatMap((kind) =>
      lineDifferences(kind, dumped.schema[kind] ?? [], restored.schema[kind] ?? []),
    ),
  ]
  return found.length > MOST ? [...found.slice(0, MOST), `and ${found.length - MOST} more`] : found
}

function tableDifferences(dumped: Figures['tables'], restored: Figures['tables']): string[] {
  return Object.keys({ ...dumped, ...restored }).flatMap((name) => {
    const [before, after] = [dumped[name], restored[name]]
    if (!before) return [`table ${name} was not dumped`]
    if (!after) return [`table ${name} is missing`]
    if (before.rows !== after.rows) return [`table ${name}: ${before.rows} rows were dumped, ${after.rows} restored`]
    return before.checksum === after.checksum ? [] : [`table ${name}: another checksum`]
  })
}

function sequenceDifferences(
  before: Figures['sequences'],
  after: Figures['sequences'],
  restored: Figures['sequences'],
): string[] {
  return Object.keys({ ...before, ...restored }).flatMap((name) => {
    const [low, high, value] = [before[name], after[name], restored[name]]
    if (low === undefined || high === undefined) return [`sequence ${name} was not dumped`]
    if (value === undefined) return [`sequence ${name} is missing`]
    return value >= low && value <= high ? [] : [`sequence ${name}: ${value} instead of ${low} to ${high}`]
  })
}

function lineDifferences(kind: string, dumped: string[], restored: string[]): string[] {
  const [before, after] = [new Set(dumped), new Set(restored)]
  return [
    ...dumped.filter((line) => !after.has(line)).map((line) => `${kind}: missing ${line.slice(0, LINE_LENGTH)}`),
    ...restored.filter((line) => !before.has(line)).map((line) => `${kind}: new ${line.slice(0, LINE_LENGTH)}`),
  ]
}
