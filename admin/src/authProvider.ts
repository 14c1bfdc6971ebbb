import { HttpError } from 'react-admin'
import type { AuthProvider } from 'react-admin'
import type { Person } from './records.ts'
import { request } from './request.ts'

/** Who is signed in on this origin: the web app shares the cookie, so it need not be an admin. */
export async function whoIsIt(): Promise<Person | null> {
  const session = (await request('/auth/get-session')) as { user: Person } | null
  return session?.user ?? null
}

/** Administrators change things here, support only looks. */
export const mayEnter = (person: Person | null) => person?.role === 'admin' || person?.role === 'support'
const signOut = () => request('/auth/sign-out', { method: 'POST', body: {} })

export const authProvider: AuthProvider = {
  async login({ email, password }: { email: string; password: string }) {
    await request('/auth/sign-in/email', { method: 'POST', body: { email, password } })
    if (mayEnter(await whoIsIt())) return
    await signOut()
    throw new Error('console.login.not_admin')
  },

  async logout() {
    // react-admin also calls this when a plain user strays in here; they stay signed in to the web app.
    if (mayEnter(await whoIsIt().catch(() => null))) await signOut()
  },

  async checkAuth() {
    // `message: false`: the sign-in page says in words who is signed in and why that is not enough.
    if (!mayEnter(await whoIsIt())) throw { message: false }
  },

  async checkError(error: unknown) {
    // 403 is not an ended session: the page says what was refused.
    if (error instanceof HttpError && error.status === 401) throw new Error('ra.notification.logged_out')
  },

  async getIdentity() {
    const person = await whoIsIt()
    return { id: person?.id ?? '', fullName: person?.name ?? '', email: person?.email ?? '' }
  },

  getPermissions: async () => (await whoIsIt())?.role,
}
