import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AimakeError, answer, createClient, order, untilSettled } from '../../client/client.ts'
import { Person, readRun } from '../setup/person.ts'

const run = readRun()

describe('the examples of docs/api.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aimake-examples-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const text = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
  const examples = [...text.matchAll(/^```sh(?: expects=(\d+))?\n(.*?)^```$/gms)].map(([, expects, script]) => ({
    expects: expects ? Number(expects) : 200,
    script: script!,
    name:
      script!
        .split('\n')
        .find((line) => line.includes('curl'))
        ?.slice(0, 90) ?? script!.split('\n')[0]!,
  }))

  it('are all there', () => expect(examples.length).toBeGreaterThanOrEqual(12))

  // One shell's worth of variables, handed on from example to example as a person's terminal does.
  it.each(examples)('$name', ({ script, expects }) => {
    const told = `
      set -e -o pipefail
      [ -f state ] && . ./state
      curl() { command curl -w '\\n%{stderr}status=%{http_code}\\n' "$@"; }
      ${script}
      { for name in API ID SHOW FEED PAGE HOOK; do [ -n "\${!name:-}" ] && printf '%s=%q\\n' "$name" "\${!name}"; done; true; } > state`
    const { status, stdout, stderr } = spawnSync('bash', ['-c', told], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 90_000,
      env: { PATH: process.env.PATH, HOME: folder, API: run.api, EMAIL: `${randomUUID()}@example.com` },
    })
    expect(status, stderr + stdout).toBe(0)
    const codes = [...stderr.matchAll(/status=(\d+)/g)].map(([, code]) => Number(code))
    if (expects === 200) for (const code of codes) expect(code, stdout + stderr).toBeLessThan(400)
    else expect(codes).toEqual([expects])
  })

  it('left what they say they do', () => {
    expect(statSync(join(folder, 'tea.mp3')).size).toBeGreaterThan(5_000)
    expect(readFileSync(join(folder, 'tea.zip')).subarray(0, 2).toString()).toBe('PK')
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain('<title>茶</title>')
  })
})

describe('the client', () => {
  it('orders, waits, searches, and throws problems with their code', async () => {
    let cookie = ''
    const fetching = async (request: Request) => {
      const response = await fetch(request)
      cookie =
        response.headers
          .getSetCookie()
          .map((one) => one.split(';')[0]!)
          .join('; ') || cookie
      return response
    }
    await fetching(
      new Request(new URL('/api/auth/sign-up/email', run.api), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(run.api).origin },
        body: JSON.stringify({ name: 'A', email: `${randomUUID()}@example.com`, password: 'a long password' }),
      }),
    )
    const client = createClient({ baseUrl: run.api, cookie, fetch: fetching })
    const brief = { kind: 'narration' as const, notice: false, sources: [{ type: 'text' as const, text: '客户端也会说话。' }] }
    const [one, again] = [await order(client, brief, 'twice'), await order(client, brief, 'twice')]
    expect(again.id).toBe(one.id)
    const episode = await untilSettled(client, one.id, { everyMs: 100 })
    expect(episode.status).toBe('ready')
    const { items } = await answer(client.GET('/api/search', { params: { query: { q: '说话' } } }))
    expect(items.map(({ episodeId }) => episodeId)).toContain(one.id)
    const missing = answer(client.GET('/api/episodes/{id}', { params: { path: { id: randomUUID() } } }))
    await expect(missing).rejects.toSatisfy(
      (error: unknown) => error instanceof AimakeError && error.problem.code === 'not-found',
    )
    await expect(untilSettled(client, one.id, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    expect((await new Person(run).ask('GET', '/api/shows')).status).toBe(401)
  })
})
