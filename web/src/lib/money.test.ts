import { expect, test } from 'vitest'
import { microUsdOf, roundSum } from './money.ts'

test('a typed sum is millionths of a dollar, and anything else is none', () => {
  expect(['0.5', ' US$0,50 ', '$12', '0.000001', '1000'].map(microUsdOf)).toEqual([
    500_000, 500_000, 12_000_000, 1, 1_000_000_000,
  ])
  expect(['', '0', '-1', 'NaN', '1e9', '1000.01', '0.0000001', 'free'].map(microUsdOf)).toEqual(Array(8).fill(null))
})

test('a sum is rounded up to one that is easily named', () => {
  expect([1, 10_000, 496_001, 1_010_000].map(roundSum)).toEqual([10_000, 10_000, 500_000, 1_100_000])
})
