import autocannon from 'autocannon'

export interface Load {
  requestsPerSecond: number
  /** Of every answer, in ms. */
  latencies: number[]
}

type Ask = Pick<autocannon.Request, 'method' | 'path' | 'headers' | 'body'>

/** Asks for these in turn, over so many connections, for so many seconds. Throws when anything but a good answer comes. */
export async function loadOf(
  url: string,
  requests: Ask[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const latencies: number[] = []
  const statuses = new Map<number, number>()
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon({ url, connections, duration: seconds, requests }, (error: Error | null, end) =>
      error ? reject(error) : resolve(end),
    )
    run.on('response', (_client, status, _bytes, ms) => {
      latencies.push(ms)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    })
  })
  if (result.errors > 0 || result.non2xx > 0) throw new Error(`${url}: ${result.errors} errors, ${JSON.stringify([...statuses])}`)
  return { requestsPerSecond: latencies.length / result.duration, latencies }
}

/** The value that so large a part of all lie at or under. */
export function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)]!
}
