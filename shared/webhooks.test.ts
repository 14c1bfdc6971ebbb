import { expect, it } from 'vitest'
import { FetchRefused } from './safe-fetch/fetch-refused.ts'
import { receiverUrl } from './webhooks.ts'

const named = new Set(['hooks.intern:80'])

it.each([
  ['https://example.com/hook?x=1', 'https://example.com/hook?x=1'],
  ['https://example.com:443/#part', 'https://example.com/'],
  ['http://hooks.intern/', 'http://hooks.intern/'],
  ['http://hooks.intern:80/a', 'http://hooks.intern/a'],
])('%s may be told', (address, href) => {
  expect(receiverUrl(address, named).href).toBe(href)
})

it.each([
  ['http://example.com/', 'url-scheme'],
  ['http://hooks.intern:81/', 'url-port'],
  ['https://hooks.intern/', undefined],
  ['https://example.com:8443/', 'url-port'],
  ['https://0x7f000001/', 'url-address'],
  ['https://127.1/', 'url-address'],
  ['https://user:secret@example.com/', 'url-credentials'],
  ['file:///etc/passwd', 'url-scheme'],
])('%s: %s', (address, code) => {
  let refused: unknown
  try {
    receiverUrl(address, named)
  } catch (error) {
    refused = error
  }
  // Whether a name leads inside is only seen when something is sent.
  expect(refused instanceof FetchRefused ? refused.code : refused).toBe(code)
})
