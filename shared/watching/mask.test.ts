import { expect, test } from 'vitest'
import { maskFor } from './mask.ts'
import { secretsOf } from './settings.ts'

const settings = {
  JWT_SECRET: 'a-secret/with+"signs"',
  DATABASE_URL: 'postgresql://app:pass%2Fword-1@db:5432/aimake',
  S3_ACCESS_KEY: 'short',
  PORT: 8000,
  PUBLIC_URL: 'https://aimake.cc',
}

test('what is secret among the settings is known by its name or stands in an address', () => {
  expect(secretsOf(settings)).toEqual(['a-secret/with+"signs"', 'pass/word-1'])
})

test.each([
  [JSON.stringify({ err: `wrong: ${settings.JWT_SECRET}` }), '{"err":"wrong: [secret]"}'],
  ['at postgresql://app:another1@db:5432/aimake', 'at postgresql://app:[secret]@db:5432/aimake'],
  ['mail to somebody.else+x@example.co.uk failed', 'mail to [e-mail] failed'],
  ['authorization: Bearer abcdef.ghijk', 'authorization: Bearer [secret]'],
  ['GET /b/k?X-Amz-Signature=0af3&x=1', 'GET /b/k?X-Amz-Signature=[secret]&x=1'],
  ['GET /s/abc-DEF_1 and /feeds/xyz.xml', 'GET /s/[token] and /feeds/[token].xml'],
  ['GET /api/episodes/1?page=2', 'GET /api/episodes/1?page=2'],
])('%s', (text, masked) => {
  expect(maskFor(secretsOf(settings))(text)).toBe(masked)
})
