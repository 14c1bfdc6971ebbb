import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { mailTo } from '../setup/mail.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { english } from '../setup/texts.ts'

const run = readRun()
/** What a stranger would try first: nothing, a word, and what the library signs with where nobody set a secret. */
const guesses = ['', 'secret', 'better-auth-secret-12345678901234567890', 'better-auth-secret']
const another = (char: string) => (char === 'A' ? 'B' : 'A')

async function statusAs(cookie: string): Promise<number> {
  const answer = await fetch(new URL('/api/episodes', run.api), { headers: { cookie: `better-auth.session_token=${cookie}` } })
  return answer.status
}

describe('a session', () => {
  it('is its whole token under our signature, and nothing else', async () => {
    const [one, other] = [await Person.signUp(run), await Person.signUp(run)]
    expect(await statusAs(one.session())).toBe(200)
    const [token, signature] = decodeURIComponent(one.session()).split('.') as [string, string]
    const [, othersSignature] = decodeURIComponent(other.session()).split('.') as [string, string]
    const signed = (by: string) =>
      createHmac('sha256', by || ' ')
        .update(token)
        .digest('base64')
    const forged = [
      token,
      `${token}.`,
      `${token}.${othersSignature}`,
      `${another(token[0]!)}${token.slice(1)}.${signature}`,
      `${token}.${another(signature[0]!)}${signature.slice(1)}`,
      ...guesses.map((guess) => `${token}.${signed(guess)}`),
    ]
    for (const cookie of forged) expect(await statusAs(encodeURIComponent(cookie)), cookie).toBe(401)
    expect(await statusAs(one.session())).toBe(200)
  })

  it('is over once it was ended, however often its cookie is sent again', async () => {
    const person = await Person.signUp(run)
    const cookie = person.session()
    await person.ok('POST', '/api/auth/sign-out', {})
    for (let time = 0; time < 3; time++) expect(await statusAs(cookie)).toBe(401)
  })
})

describe('an address', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const confirm = (token: string) =>
    fetch(new URL(`/api/auth/verify-email?token=${encodeURIComponent(token)}`, run.api), { redirect: 'manual' })
  const isConfirmed = async (email: string) =>
    (await rows<{ is: boolean }>(run, 'SELECT email_verified AS is FROM users WHERE email = $1', [email]))[0]!.is

  it('is confirmed by what its mail says, not by what somebody signed anew, for it or for another', async () => {
    const person = await Person.signUp(run)
    const { email } = await person.who()
    const token = /token=([\w.%-]+)/.exec((await mailTo(run, email)).text)![1]!
    const [head, body, signature] = decodeURIComponent(token).split('.') as [string, string, string]
    const said = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
    const victim = (await (await Person.signUp(run)).who()).email
    const bodies = [body, part({ ...said, email: victim })]
    const forged = bodies.flatMap((claims) => [
      `${part({ alg: 'none' })}.${claims}.`,
      `${head}.${claims}.`,
      ...guesses.map((guess) => {
        const words = `${part({ alg: 'HS256' })}.${claims}`
        return `${words}.${createHmac('sha256', guess || ' ')
          .update(words)
          .digest('base64url')}`
      }),
    ])
    forged.push(`${head}.${bodies[1]}.${signature}`)
    for (const one of forged) {
      await confirm(one)
      expect([await isConfirmed(email), await isConfirmed(victim)], one).toEqual([false, false])
    }
    await confirm(decodeURIComponent(token))
    expect([await isConfirmed(email), await isConfirmed(victim)]).toEqual([true, false])
  })
})

describe('a key', () => {
  it('opens nothing with one character otherwise, cut short or made longer', async () => {
    const person = await Person.signUp(run)
    const { key } = await person.ok<{ key: string }>('POST', '/api/keys', { name: 'mine', scopes: ['read'] })
    const status = async (value: string) =>
      (await fetch(new URL('/api/episodes', run.api), { headers: { 'x-api-key': value } })).status
    expect(await status(key)).toBe(200)
    const last = key.at(-1)!
    for (const forged of [key.slice(0, -1), `${key}A`, `${key.slice(0, -1)}${another(last)}`, key.toLowerCase(), 'aim_'])
      expect(await status(forged), forged).toBe(401)
  })
})

describe('a link into storage', () => {
  it('leads to its one object for its own time, and to nothing when anything of it is changed', async () => {
    const person = await Person.demo(run)
    const { id } = await person.order({
      kind: 'narration',
      language: 'en',
      notice: false,
      sources: [{ type: 'text', text: english.slice(0, 120) }],
    })
    await person.ready(id)
    const { url } = await person.audio(id)
    const changed = (change: (link: URL) => void) => {
      const link = new URL(url)
      change(link)
      return link
    }
    const forged = [
      changed((link) => link.searchParams.set('X-Amz-Expires', '604800')),
      changed((link) => (link.pathname = link.pathname.replace(/[^/]+$/, 'another.mp3'))),
      changed((link) => link.searchParams.delete('X-Amz-Signature')),
      changed((link) => link.searchParams.set('X-Amz-Signature', 'a'.repeat(64))),
      changed((link) => link.searchParams.set('X-Amz-Date', '20300101T000000Z')),
      changed((link) =>
        link.searchParams.set(
          'X-Amz-Credential',
          `somebody/${link.searchParams.get('X-Amz-Credential')!.split('/').slice(1).join('/')}`,
        ),
      ),
      changed((link) => link.searchParams.set('response-content-disposition', 'inline')),
    ]
    for (const link of forged) {
      const status = (await fetch(link)).status
      expect([400, 403], `${status} ${link.search}`).toContain(status)
    }
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(url, { method: 'DELETE' })).status, 'a link to read is no link to remove').toBe(403)
    expect((await fetch(url, { method: 'PUT', body: 'mine' })).status).toBe(403)
  })
})
