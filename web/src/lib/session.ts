import { useQuery } from '@tanstack/react-query'
import { ask, signedOutEvent } from './api.ts'
import { unloadPlayback } from './playback.ts'
import { queries } from './queries.ts'
import { createStore } from './store.ts'

export interface Person {
  id: string
  name: string
  email: string
  role?: string | null
}

export interface Config {
  environment: string
  demo: boolean
  maxSourceCharacters: number
  /** Without a language model, format, style and roles change nothing. */
  modelWrites: boolean
  /** A topic alone is enough. */
  topics: boolean
  maxUploadBytes: number
}

const sessionKey = ['session']

/** True after the session ended while the person was at work: the sign-in page then says so. */
export const endedElsewhere = createStore(false)

addEventListener(signedOutEvent, () => {
  if (!queries.getQueryData(sessionKey)) return
  endedElsewhere.set(true)
  forgetPerson()
})

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async () => (await ask<{ user: Person } | null>('/api/auth/get-session'))?.user ?? null,
    staleTime: Infinity,
  })
}

export function useConfig() {
  return useQuery({ queryKey: ['config'], queryFn: () => ask<Config>('/api/config'), staleTime: Infinity })
}

const enter = async (path: string, body?: unknown) => {
  await ask(path, { method: 'POST', ...(body === undefined ? {} : { body }) })
  endedElsewhere.set(false)
  await queries.refetchQueries({ queryKey: sessionKey })
}

export const signInToDemo = () => enter('/api/demo/sign-in')
export const signIn = (email: string, password: string) => enter('/api/auth/sign-in/email', { email, password })
export const signUp = (name: string, email: string, password: string) =>
  enter('/api/auth/sign-up/email', { name, email, password })

export async function signOut() {
  await ask('/api/auth/sign-out', { method: 'POST', body: {} })
  forgetPerson()
}

function forgetPerson() {
  unloadPlayback()
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'config' })
  queries.setQueryData(sessionKey, null)
}
