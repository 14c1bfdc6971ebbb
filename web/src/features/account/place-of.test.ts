import { expect, it } from 'vitest'
import { placeOf } from './place-of.ts'

it('names browser and system, and leaves programs as they call themselves', () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1'
  const edge = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0'
  expect(placeOf(chrome)).toEqual({ browser: 'Chrome', system: 'Windows' })
  expect(placeOf(safari)).toEqual({ browser: 'Safari', system: 'iPhone' })
  expect(placeOf(edge)).toEqual({ browser: 'Edge', system: 'macOS' })
  expect(placeOf('node')).toBeUndefined()
})
