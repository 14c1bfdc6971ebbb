import { describe, expect, it } from 'vitest'
import { problemOfAuth } from './auth-problems.ts'
import { problemStatus } from './problem.ts'

const answer = (status: number, body: unknown) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
const codeOf = async (status: number, body: unknown) => (await problemOfAuth(answer(status, body)))?.code

describe('what the sign-in library refuses', () => {
  it.each([
    [401, 'INVALID_EMAIL_OR_PASSWORD', 'wrong-credentials'],
    [400, 'INVALID_PASSWORD', 'wrong-credentials'],
    [422, 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', 'email-taken'],
    [400, 'PASSWORD_TOO_SHORT', 'password-too-short'],
    [403, 'EMAIL_NOT_VERIFIED', 'email-unconfirmed'],
    [401, 'INVALID_CODE', 'wrong-code'],
    [401, 'INVALID_TOKEN', 'link-over'],
    [403, 'BANNED_USER', 'suspended'],
    [403, 'INVALID_CALLBACK_URL', 'forbidden'],
    [422, 'FAILED_TO_CREATE_USER', 'unavailable'],
    [500, 'ANYTHING', 'unavailable'],
  ])('%i %s is %s', async (status, code, problem) => {
    expect(await codeOf(status, { code, message: 'Anything' })).toBe(problem)
  })

  it('and what it has no word for is told by its status, with a problem of that class', async () => {
    for (const status of [400, 401, 403, 404, 405, 409, 413, 415, 418, 422, 429]) {
      const code = (await codeOf(status, 'no JSON'))!
      expect(problemStatus[code]).toBeGreaterThanOrEqual(400)
      expect(problemStatus[code]).toBeLessThan(500)
    }
  })

  it('keeps its sentence where it is about the request, and no more of it than a sentence', async () => {
    const problem = await problemOfAuth(answer(400, { code: 'VALIDATION_ERROR', message: `[body.email] ${'x'.repeat(5000)}` }))
    expect(problem?.message).toMatch(/^\[body.email\] x+\. Nothing was done\.$/)
    expect(problem?.message.length).toBeLessThan(400)
  })

  it('is nothing where it refused nothing', async () => {
    expect(await problemOfAuth(answer(200, { code: 'INVALID_EMAIL' }))).toBeUndefined()
    expect(await problemOfAuth(answer(302, ''))).toBeUndefined()
  })
})
