import { expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'
import { addressRefusal } from './webhooks.ts'

it.each(['1.1.1.1', '8.8.8.8', '223.5.5.5', '172.32.0.1', '2606:4700:4700::1111', '2400:3200::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

it.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.254',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '2002:a00:1::1',
  '2001::1',
  '2001:db8::1',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'not an address',
  '',
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

it('says in words why nothing may be sent to an address', () => {
  expect(addressRefusal('https://example.com/hook?x=1', [])).toBeUndefined()
  expect(addressRefusal('https://0x7f000001/', [])).toBe('It is not on the open internet.')
  expect(addressRefusal('https://127.1/', [])).toBe('It is not on the open internet.')
  expect(addressRefusal('http://example.com/', [])).toBe('Only https is spoken to.')
  expect(addressRefusal('http://hooks.intern/', ['hooks.intern:80'])).toBeUndefined()
  expect(addressRefusal('http://hooks.intern:81/', ['hooks.intern:80'])).toBe('Only https is spoken to.')
  expect(addressRefusal('file:///etc/passwd', [])).toBe('Only https is spoken to.')
})
