import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '../../lib/api.ts'
import type { Brief, Estimate } from '../../lib/types.ts'

const typingMs = 450

/** Price and time of a brief, asked when the typing rests. */
export function useEstimate(brief: Brief | null) {
  const wanted = brief === null ? null : JSON.stringify(brief)
  const rested = useRested(wanted)
  const query = useQuery({
    queryKey: ['estimate', rested],
    queryFn: ({ signal }) =>
      ask<Estimate>('/api/episodes/estimate', { method: 'POST', body: JSON.parse(rested ?? '{}'), signal }),
    enabled: rested !== null && wanted !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
  return {
    estimate: wanted === null ? undefined : query.data,
    error: wanted === null ? null : query.error,
    /** What is shown belongs to an earlier state of the box. */
    stale: wanted !== rested || query.isPlaceholderData,
  }
}

/** The value as it was when typing last rested. */
export function useRested<T extends string | null>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), typingMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
