import { QueryClient } from '@tanstack/react-query'
import { Refusal } from './api.ts'

const worthAnotherTry = (error: Error) =>
  error instanceof Refusal && (error.code === 'no-connection' || error.status >= 500 || error.status === 429)

/** What was read from the API. Outside React, because the event stream writes into it too. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // "Offline" is the browser's guess; let the request find out.
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && worthAnotherTry(error),
      refetchOnWindowFocus: false,
      staleTime: 10_000,
    },
    mutations: { networkMode: 'always' },
  },
})
