import { useQuery } from '@tanstack/react-query'
import { ask, signedOutEvent } from './api.ts'
import { forgetAhead } from './asked-ahead.ts'
import { forgetDownloads } from './downloads.ts'
import { forgetHeard } from './heard.ts'
import { forgetKept } from './kept.ts'
import { unloadPlayback } from './playback.ts'
import { queries } from './queries.ts'
import { createStore } from './store.ts'
import { writeStored } from './stored.ts'

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
  /** Other ways to sign in: `google`, `github`. */
  signInWith: string[]
  /** One can sign in only after confirming the address. */
  mustVerify: boolean
  /** A topic alone is enough. */
  topics: boolean
  maxUploadBytes: number
}

const sessionKey = ['session']

/** What the house tells everybody: whoever leaves takes none of it along. */
const ofEverybody = new Set(['session', 'config', 'featured', 'notices'])

/** Why nobody is signed in any more, where they may ask: the session ended while the person was at work, or they erased their account. */
export const farewell = createStore<'ended' | 'erased' | null>(null)

/** Whether the pages are somebody's at this moment. */
export const isSignedIn = () => Boolean(queries.getQueryData(sessionKey))

addEventListener(signedOutEvent, () => {
  if (!isSignedIn()) return
  farewell.set('ended')
  forgetPerson()
})

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      const person = (await ask<{ user: Person } | null>('/api/auth/get-session'))?.user ?? null
      // The next visit begins with the pages of one who is known, or with the front page.
      writeStored('known', person && '1')
      if (!person) forgetAhead()
      return person
    },
    staleTime: Infinity,
  })
}

export function useConfig() {
  return useQuery({ queryKey: ['config'], queryFn: () => ask<Config>('/api/config'), staleTime: Infinity })
}

/** What a sign-in may still want: a second factor, or that the address is confirmed first. */
export interface Entered {
  twoFactorRedirect?: boolean
  token?: string | null
}

const enter = async (path: string, body?: unknown): Promise<Entered> => {
  const entered = await ask<Entered | undefined>(path, { method: 'POST', ...(body === undefined ? {} : { body }) })
  farewell.set(null)
  await queries.refetchQueries({ queryKey: sessionKey })
  return entered ?? {}
}

export const signInToDemo = () => enter('/api/demo/sign-in')
export const signIn = (email: string, password: string) => enter('/api/auth/sign-in/email', { email, password })
export const signUp = (name: string, email: string, password: string, language: string) =>
  enter('/api/auth/sign-up/email', { name, email, password, language })

/** The second factor: six digits of the app, or a backup code. */
export const enterCode = (code: string) =>
  enter(/^\d{6}$/.test(code) ? '/api/auth/two-factor/verify-totp' : '/api/auth/two-factor/verify-backup-code', { code })

/** Leaves for the page of another house that vouches for a person. */
export async function signInWith(provider: string) {
  const { url } = await ask<{ url: string }>('/api/auth/sign-in/social', {
    method: 'POST',
    body: { provider, callbackURL: location.origin },
  })
  location.assign(url)
}

/** Asks anew who is signed in. */
export const refreshSession = () => queries.refetchQueries({ queryKey: sessionKey })

/** Ends the account; then nobody is signed in here any more. Throws what the API refuses. */
export async function eraseAccount(body: object) {
  await ask('/api/account', { method: 'DELETE', body })
  farewell.set('erased')
  forgetKept()
  forgetPerson()
}

export async function signOut() {
  await ask('/api/auth/sign-out', { method: 'POST', body: {} })
  forgetKept()
  forgetPerson()
}

function forgetPerson() {
  unloadPlayback()
  // Signed out elsewhere one may come back, and what was saved is still there; who leaves by themselves leaves nothing.
  if (farewell.get() !== 'ended') {
    forgetDownloads()
    forgetHeard()
  }
  queries.setQueryData(sessionKey, null)
  writeStored('known', null)
  // After the pages have gone: one that still stands would ask for what it lost, as nobody.
  setTimeout(() => queries.removeQueries({ predicate: ({ queryKey }) => !ofEverybody.has(String(queryKey[0])) }))
}
