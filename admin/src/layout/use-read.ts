import { useQuery } from '@tanstack/react-query'
import { useAuthState } from 'react-admin'
import { request } from '../request.ts'

/** Reads something that is no list and no record, again and again where `refreshMs` says so; nothing while nobody is signed in. */
export function useRead<T>(path: string, refreshMs: number | false = false) {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['read', path],
    queryFn: async () => (await request(path)) as T,
    enabled: isSignedIn,
    refetchInterval: refreshMs,
    retry: false,
  })
}

/** False also in the moment of signing out, while the page still stands there. */
export const useIsSignedIn = (): boolean => useAuthState().authenticated === true
