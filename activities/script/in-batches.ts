import { setImmediate as soon } from 'node:timers/promises'

/**
 * What `source` has ready at once comes together, `most` at a time at most; what takes its time comes the moment it is there. Ends and
 * throws as the source does.
 */
export async function* inBatches<T, End>(source: AsyncGenerator<T, End>, most = 100): AsyncGenerator<T[], End> {
  let batch: T[] = []
  let next = source.next()
  for (;;) {
    const found = batch.length === 0 ? await next : await Promise.race([next, soon()])
    if (found && !found.done) batch.push(found.value)
    if (batch.length > 0 && (!found || found.done || batch.length >= most)) {
      // It may fail while the batch is dealt with: that is heard at the next turn.
      next.catch(() => undefined)
      yield batch
      batch = []
    }
    if (found?.done) return found.value
    if (found) next = source.next()
  }
}
