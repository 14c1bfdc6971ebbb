import { setTimeout as sleep } from 'node:timers/promises'
import type { ObjectMeta, ObjectStore } from '../../shared/object-store.ts'
import { later } from '../failures.ts'
import { storeObject } from './objects.ts'
import type { Storage } from './objects.ts'

/** A look at the store is good for so long, for all who are about to call. */
const FRESH_MS = 1_000
const LOOK_MS = 2_000
const TRY_MS = 15_000
/** With what a call may take before it, well within the time of a deed. */
const KEEP_TRYING_MS = 20_000
const PAUSE_MS = 500

const looks = new WeakMap<ObjectStore, { atMs: number; look: Promise<void> }>()

/** Before something is paid for: is there a store that could keep it? Throws a retryable failure when it does not answer, so that an outage costs nothing. */
export async function expectStore(store: ObjectStore): Promise<void> {
  let known = looks.get(store)
  if (!known || performance.now() - known.atMs > FRESH_MS) {
    known = { atMs: performance.now(), look: store.check(AbortSignal.timeout(LOOK_MS)) }
    looks.set(store, known)
  }
  try {
    await known.look
  } catch {
    throw later('store-away', 'the object store does not answer; nothing is paid for before it does', LOOK_MS)
  }
}

/** Stores an answer that is paid for. It is here only once, so the store is tried for a while before it is given up. */
export const storeAnswer = (storage: Storage, key: string, bytes: Uint8Array, meta: ObjectMeta): Promise<void> =>
  patiently(() => storeObject(storage, key, bytes, meta, AbortSignal.timeout(TRY_MS)))

/**
 * What is paid for is written down with patience: a database that restarts, is full or takes no writes for a moment costs no second call.
 * `work` may run twice. Throws its last error when patience is over.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const untilMs = performance.now() + KEEP_TRYING_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > untilMs) throw error
      await sleep(PAUSE_MS)
    }
  }
}
