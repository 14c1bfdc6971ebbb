import { z } from 'zod'
import { expect, it } from 'vitest'
import { limitSettings, quotasOf } from './limit-settings.ts'

const read = (env: Record<string, string>) => z.object(limitSettings).safeParse(env)

it('has the figures of the founding plan when nothing is set, and believes no proxy', () => {
  const { data } = read({})
  expect(quotasOf(data!)).toMatchObject({
    address: { requests: 100, seconds: 60 },
    user: { requests: 100, seconds: 60 },
    key: { requests: 100, seconds: 60 },
    'sign-in': { requests: 10, seconds: 60 },
  })
  expect(data!.TRUSTED_PROXIES).toBe(0)
})

it('multiplies every quota for tests', () => {
  const { data } = read({ RATE_LIMIT_SCALE: '1000', RATE_LIMIT_CREATE: '2/10' })
  expect(quotasOf(data!)).toMatchObject({ address: { requests: 100_000 }, create: { requests: 2000, seconds: 10 } })
})

it.each([
  ['2', 2],
  ['10.0.0.0/8, 127.0.0.1', ['10.0.0.0/8', '127.0.0.1']],
  ['loopback', ['loopback']],
  ['', 0],
])('takes %o for trusted proxies', (text, proxies) => {
  expect(read({ TRUSTED_PROXIES: text }).data?.TRUSTED_PROXIES).toEqual(proxies)
})

it.each<Record<string, string>>([
  { TRUSTED_PROXIES: 'true' },
  { TRUSTED_PROXIES: '*' },
  { TRUSTED_PROXIES: 'everybody' },
  { RATE_LIMIT_ADDRESS: '100' },
  { RATE_LIMIT_ADDRESS: '0/60' },
  { RATE_LIMIT_SIGN_IN: '-1/60' },
  { RATE_LIMIT_SCALE: '0' },
  { MAX_REQUESTS: 'many' },
])('refuses %o', (env) => {
  expect(read(env).success).toBe(false)
})
