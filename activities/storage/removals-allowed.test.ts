import { expect, it } from 'vitest'
import { removalsAllowed } from './removals-allowed.ts'

it.each([
  [0, 0],
  [19, 0],
  [20, 1],
  [1_000, 50],
  [20_000, 1_000],
  [10_000_000, 1_000],
])('of %i objects at most %i', (objects, allowed) => expect(removalsAllowed(objects)).toBe(allowed))
