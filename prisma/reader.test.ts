import { expect, it } from 'vitest'
import { createDatabase } from './client.ts'
import type { Database, Reader, Transaction } from './client.ts'

const NOWHERE = 'postgresql://nobody@127.0.0.1:1/nothing'

// What is held here is held by the compiler, which every test run asks.
it('a writer is a good reader, and a reader is never taken for a writer', async () => {
  const report = (reader: Reader) => typeof reader.$queryRaw
  const decision = (_db: Database | Transaction) => 'decided'
  const db = createDatabase(NOWHERE, 1)
  const reader: Reader = db
  expect(report(db)).toBe('function')
  // @ts-expect-error a decision is not made on what may be late
  decision(reader)
  // @ts-expect-error a reader begins no transaction
  expect(reader.$transaction).toBeDefined()
  // @ts-expect-error and writes nothing
  expect(reader.episode.create).toBeDefined()
  await db.$disconnect()
})
