import { expect, it } from 'vitest'
import type { Draft } from '../../lib/draft.ts'
import { recognise } from '../../lib/recognise.ts'
import { orderOf } from './order.ts'

const untouched: Draft = {
  text: '',
  files: [],
  kind: null,
  asText: false,
  language: null,
  speakers: null,
  targetMinutes: null,
  format: null,
  style: '',
  notice: null,
  m4a: false,
  review: false,
  budget: '',
  key: null,
}
const kindOf = (text: string, topics = false) => orderOf({ ...untouched, text }, recognise(text), topics).kind

it('makes a podcast of whatever there is enough of to talk about, and reads aloud what is too short', () => {
  expect(kindOf('银河里有很多星星。'.repeat(20))).toBe('podcast')
  expect(kindOf('银河里有很多星星。')).toBe('narration')
  expect(kindOf('银河', true)).toBe('podcast')
})

it('an empty box is nothing too short yet', () => {
  expect(kindOf('')).toBe('podcast')
  expect(kindOf(' \n')).toBe('podcast')
})
