import { expect, test } from 'vitest'
import { charged } from './ledger.ts'

const price = { microUsd: 100_000n, perUnits: 1_000_000 }
const outputPrice = { microUsd: 500_000n, perUnits: 1_000_000 }

test('what a model read and what it wrote cost their own price, rounded up', () => {
  expect(charged({ price, outputPrice }, { input: 20_000, output: 3_001 })).toEqual({
    units: 20_000,
    outputUnits: 3_001,
    costMicroUsd: 2_000n + 1_501n,
  })
})

test('one price is for both together', () => {
  expect(charged({ price }, { input: 20_000, output: 10_000 })).toEqual({ units: 30_000, costMicroUsd: 3_000n })
  expect(charged({ price }, 10)).toEqual({ units: 10, costMicroUsd: 1n })
})
