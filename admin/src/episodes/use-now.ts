import { useEffect, useState } from 'react'

const SECOND_MS = 1000

/** The time of day; goes on every second while something runs, so that its bar grows. */
export function useNow(running: boolean): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNowMs(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [running])
  return nowMs
}
