import { describe, expect, it } from 'vitest'
import { tapeOf, writeEnergies } from './tape.ts'

const loud = (steps: number) => writeEnergies(Array.from({ length: steps }, () => 1))
const silent = (steps: number) => writeEnergies(Array.from({ length: steps }, () => 0))

describe('the tape', () => {
  it('is empty where nothing is said', () => {
    expect(tapeOf([])).toBe('')
    expect(tapeOf([{ speaker: 0, energies: null, text: '' }])).toBe('')
  })

  it('has a mark for each step of a short episode: who speaks and how loud, and a point where there is no sound yet', () => {
    const lines = [
      { speaker: 0, energies: loud(2), text: 'hi' },
      { speaker: 1, energies: silent(1), text: 'ha' },
      { speaker: -1, energies: null, text: 'x' },
    ]
    expect(tapeOf(lines)).toBe('0909100.0.')
  })

  it('has 120 marks of a long one, each line as many as its part of the whole, lines without sound as their text suggests', () => {
    const tape = tapeOf([
      { speaker: 0, energies: loud(1700), text: 'whatever' },
      { speaker: 2, energies: null, text: 'x'.repeat(1000) },
      { speaker: 1, energies: silent(3400), text: '' },
    ])
    expect(tape).toBe(`${'09'.repeat(30)}${'2.'.repeat(30)}${'10'.repeat(60)}`)
  })
})
