// Fills a new store with voices, prices and the first accounts. Run again it adds what is missing and changes nothing else.
import { randomUUID } from 'node:crypto'
import { createDatabase } from './client.ts'
import type { Database } from './client.ts'
import { localPrices, localVoices, modelPrices, providers } from './catalogue.ts'
import { neuralPrices, neuralVoices } from './neural-catalogue.ts'
import { models, paidPrices, paidVoices } from './paid-catalogue.ts'
import { hashPassword, isPassword } from './passwords.ts'

/** Prices hold from the beginning of the project. */
const BEGINNING = new Date('2026-01-01T00:00:00Z')

const { DATABASE_OWNER_URL, DATABASE_URL, DEMO_EMAIL, DEMO_PASSWORD, ADMIN_EMAIL, ADMIN_PASSWORD, ENVIRONMENT } = process.env
const url = DATABASE_OWNER_URL || DATABASE_URL
if (!url) throw new Error('DATABASE_OWNER_URL or DATABASE_URL: missing')

const db = createDatabase(url, 2)
try {
  await db.voice.createMany({ data: localVoices.map((voice, rank) => ({ ...voice, rank })), skipDuplicates: true })
  await db.provider.createMany({ data: providers, skipDuplicates: true })
  await db.voice.createMany({ data: [...neuralVoices, ...paidVoices], skipDuplicates: true })
  await db.model.createMany({ data: models, skipDuplicates: true })
  await db.price.createMany({
    data: [...localPrices, ...neuralPrices, ...paidPrices, ...modelPrices].map((price) => ({
      ...price,
      effectiveFrom: BEGINNING,
    })),
    skipDuplicates: true,
  })
  if (ENVIRONMENT !== 'production' && DEMO_EMAIL && DEMO_PASSWORD)
    await account(db, DEMO_EMAIL, DEMO_PASSWORD, { name: '试听', role: 'user', isDemo: true })
  if (ADMIN_EMAIL && ADMIN_PASSWORD) await account(db, ADMIN_EMAIL, ADMIN_PASSWORD, { name: '管理员', role: 'admin' })
} finally {
  await db.$disconnect()
}

interface Who {
  name: string
  role: string
  isDemo?: boolean
}

/** An account that can sign in with this password; on one that exists only the password is changed. */
async function account(store: Database, email: string, password: string, who: Who): Promise<void> {
  const user = await store.user.upsert({
    where: { email },
    create: { id: randomUUID(), email, emailVerified: true, ...who },
    // An account of an earlier day learns that it is the demo.
    update: { ...(who.isDemo && { isDemo: true }) },
    include: { accounts: { where: { providerId: 'credential' } } },
  })
  const [credential] = user.accounts
  if (credential?.password && (await isPassword(credential.password, password))) return
  const hash = await hashPassword(password)
  await store.account.upsert({
    where: { providerId_accountId: { providerId: 'credential', accountId: user.id } },
    create: { id: randomUUID(), providerId: 'credential', accountId: user.id, userId: user.id, password: hash },
    update: { password: hash },
  })
}
