import { hashPassword as scrypt } from 'better-auth/crypto'
import { expect, it } from 'vitest'
import { hashPassword, isOutdated, isPassword } from './passwords.ts'

it('keeps a password as Argon2id with a salt of its own', async () => {
  const [one, other] = await Promise.all([hashPassword('a long password'), hashPassword('a long password')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
  expect([await isPassword(one, 'a long password'), await isPassword(one, 'a long passwore')]).toEqual([true, false])
  expect(isOutdated(one)).toBe(false)
})

it('still knows a password that was kept as scrypt', async () => {
  const kept = await scrypt('密码和 émoji 😀')
  expect([await isPassword(kept, '密码和 émoji 😀'), await isPassword(kept, 'another')]).toEqual([true, false])
  expect(isOutdated(kept)).toBe(true)
})

it('is the same password however its letters are put together', async () => {
  expect(await isPassword(await hashPassword('e\u0301'), '\u00e9')).toBe(true)
})

it.each(['', 'nonsense', '$argon2id$v=19$m=19456,t=2,p=1$broken', ':', 'a:b'])('takes %o for nobody’s hash', async (kept) => {
  expect(await isPassword(kept, 'a long password')).toBe(false)
})
