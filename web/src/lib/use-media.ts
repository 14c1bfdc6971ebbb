import { useSyncExternalStore } from 'react'

/** Whether a media query holds now, and from now on. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** There is room for columns beside the script. */
export const useHasColumns = () => useMedia('(min-width: 1200px)')

/** The page is wide enough for the bar of a desktop. As `.wide` and `.narrow` say it: what is hidden need not be drawn. */
export const useIsWide = () => useMedia('(min-width: 900px)')
