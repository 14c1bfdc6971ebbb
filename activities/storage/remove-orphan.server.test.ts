import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { createDatabase } from '../../prisma/client.ts'
import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import { storeObject } from './objects.ts'
import { giveRow, removeOrphan } from './remove-orphan.ts'

// The real database and the real object store.
const { settings } = JSON.parse(readFileSync(process.env.AIMAKE_RUN_JSON!, 'utf8')) as { settings: Record<string, string> }
const db = createDatabase(settings['DATABASE_URL']!, 10, { who: () => 'house' })
const store = new ObjectStore({ S3_REGION: 'auto', ...settings } as unknown as ObjectStoreSettings)
const storage = { db, store }
afterAll(async () => {
  await db.$disconnect()
  store.close()
})

const meta = { contentType: 'text/plain' }
const words = Buffer.from('words')
const anHourAgo = () => new Date(Date.now() - 3_600_000)
const newKey = () => `answers/test-${randomUUID()}/words.txt`

async function old(): Promise<string> {
  const key = newKey()
  await storeObject(storage, key, words, meta)
  await db.storedObject.update({ where: { key }, data: { touchedAt: new Date(0) } })
  return key
}

it('removes an old object that nobody uses, and its row; a second time there is nothing to remove', async () => {
  const key = await old()
  expect(await removeOrphan(storage, key, anHourAgo())).toBe(true)
  expect(await store.size(key)).toBeUndefined()
  expect(await db.storedObject.findUnique({ where: { key } })).toBeNull()
  expect(await removeOrphan(storage, key, anHourAgo())).toBe(false)
})

it('leaves alone what was stored, or wanted again, within the hour', async () => {
  const young = newKey()
  await storeObject(storage, young, words, meta)
  const wantedAgain = await old()
  await storeObject(storage, wantedAgain, words, meta)
  for (const key of [young, wantedAgain]) {
    expect(await removeOrphan(storage, key, anHourAgo())).toBe(false)
    expect(await store.size(key)).toBe(words.length)
    await removeOrphan(storage, key, new Date(Date.now() + 1000))
  }
})

it('removes an object that has no row, but not one that gets a row meanwhile', async () => {
  const [lonely, stored] = [newKey(), newKey()]
  for (const key of [lonely, stored]) await store.put(key, words, meta)
  await giveRow(storage, lonely)
  expect(await removeOrphan(storage, lonely, anHourAgo())).toBe(true)
  await storeObject(storage, stored, words, meta)
  await giveRow(storage, stored)
  expect(await removeOrphan(storage, stored, anHourAgo())).toBe(false)
  await removeOrphan(storage, stored, new Date(Date.now() + 1000))
})

it('whoever stores the same object in the same moment has it afterwards, whichever comes first', async () => {
  let removed = 0
  for (let round = 0; round < 60; round++) {
    const key = await old()
    const [isRemoved] = await Promise.all([
      sleep(Math.random() * 6).then(() => removeOrphan(storage, key, anHourAgo())),
      sleep(Math.random() * 6).then(() => storeObject(storage, key, words, meta)),
    ])
    removed += Number(isRemoved)
    expect(await store.size(key), `round ${round}`).toBe(words.length)
    expect((await db.storedObject.findUnique({ where: { key } }))?.status).toBe('done')
    await removeOrphan(storage, key, new Date(Date.now() + 1000))
  }
  expect(removed, 'both orders were seen').toBeGreaterThan(0)
  expect(removed).toBeLessThan(60)
})
