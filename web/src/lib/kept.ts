import { useCallback, useState } from 'react'

const prefix = 'aimake.kept.'

/**
 * Like `useState`, for what is typed into a form: it outlives the page, a reload, and a session that ended elsewhere. `forget` when it was sent.
 * Storage may be full or forbidden: then it lasts as long as the page.
 */
export function useKept<T>(name: string, first: T): [value: T, change: (value: T) => void, forget: () => void] {
  const [value, setValue] = useState<T>(() => readKept(name) ?? first)
  const change = useCallback(
    (next: T) => {
      setValue(next)
      writeKept(name, next)
    },
    [name],
  )
  const forget = useCallback(() => writeKept(name, null), [name])
  return [value, change, forget]
}

/** For who leaves on purpose: the next one at this screen reads nothing of theirs. */
export function forgetKept(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
  } catch {
    // Forbidden: then nothing was kept.
  }
}

/** What was kept under this name, as it was written. */
export function readKept<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null') as T | null
  } catch {
    return null
  }
}

/** Keeps a value under this name; null forgets it. */
export function writeKept(name: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(prefix + name)
    else sessionStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // It is still on the page.
  }
}
