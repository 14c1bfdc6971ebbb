const LONGEST_MS = 5 * 60_000
const SHORTEST_MS = 100

/**
 * How long the provider asks us to wait: `retry-after-ms`, else `retry-after` in seconds or as a date. `undefined` when it says nothing that can be
 * meant: a word, a negative number, a day that is over. Never more than five minutes: then we look again ourselves.
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>, now = Date.now()): number | undefined {
  const inMs = numberOf(headers.get('retry-after-ms'))
  const said = headers.get('retry-after')
  const inSeconds = numberOf(said)
  const atDate = said && inSeconds === undefined && /[a-z]/i.test(said) ? Date.parse(said) : NaN
  const ms = inMs ?? (inSeconds === undefined ? atDate - now : inSeconds * 1000)
  if (Number.isNaN(ms) || ms < 0) return undefined
  return Math.max(SHORTEST_MS, Math.min(LONGEST_MS, Math.ceil(ms)))
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}
