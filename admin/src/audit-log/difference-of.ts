type State = Record<string, unknown> | null

export interface Changed {
  name: string
  /** Undefined: it was not there. */
  before: string | undefined
  /** Undefined: it is there no more. */
  after: string | undefined
}

/** Times of the row itself are no change that anybody made. */
const beside = ['updatedAt', 'id']

/** The things that are not as they were, in the order they are written down. */
export function differenceOf(before: State, after: State): Changed[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names
    .map((name) => ({ name, before: worded(before, name), after: worded(after, name) }))
    .filter((changed) => changed.before !== changed.after && !beside.includes(changed.name))
}

function worded(state: State, name: string): string | undefined {
  if (!state || !(name in state)) return undefined
  const value = state[name]
  return typeof value === 'string' ? value : JSON.stringify(value)
}
