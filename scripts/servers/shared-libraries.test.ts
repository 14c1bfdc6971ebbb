import { expect, test } from 'vitest'
import { packagesForMissing } from './shared-libraries.ts'

test('names the package of a missing library once, and a library it does not know by itself', () => {
  const output = [
    '\tlinux-vdso.so.1 (0x00007ffd)',
    '\tlibxml2.so.2 => not found',
    '\tlibssl.so.3 => not found',
    '\tlibcrypto.so.3 => not found',
    '\tlibodd.so.9 => not found',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
  ].join('\n')
  expect(packagesForMissing(output)).toEqual(['libxml2', 'libssl3', 'libodd.so.9'])
})
