import { Connection } from '@temporalio/client'
import { afterAll, describe, expect, it } from 'vitest'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const connection = await Connection.connect({ address: run.settings.TEMPORAL_ADDRESS! })
afterAll(() => connection.close())

/** The rate the server itself holds for a provider's queue. */
async function rateOnServer(provider: string): Promise<number | undefined> {
  const { config } = await connection.workflowService.describeTaskQueue({
    namespace: 'default',
    taskQueue: { name: `speech-${provider}` },
    taskQueueType: 2,
    reportConfig: true,
  })
  return config?.queueRateLimit?.rateLimit?.requestsPerSecond ?? undefined
}

describe('what a provider may be asked', () => {
  it('is changed by an admin while it runs, told to Temporal, and written into the audit log', async () => {
    const admin = await Person.admin(run)
    const changed = await admin.ok<{ requestsPerSecond: number; concurrency: number }>('PATCH', '/api/admin/providers/openai', {
      requestsPerSecond: 7,
      concurrency: 4,
    })
    expect(changed).toMatchObject({ requestsPerSecond: 7, concurrency: 4, enabled: true })
    await expect.poll(() => rateOnServer('openai'), { timeout: 10_000 }).toBe(7)
    const [entry] = await rows<{ before: object; after: object }>(
      run,
      `SELECT before, after FROM audit_log WHERE subject = 'provider:openai' ORDER BY created_at DESC`,
    )
    expect(entry).toMatchObject({
      before: { concurrency: 10, requestsPerSecond: null },
      after: { concurrency: 4, requestsPerSecond: 7 },
    })

    await admin.ok('PATCH', '/api/admin/providers/openai', { requestsPerSecond: null, concurrency: 10 })
    await expect.poll(() => rateOnServer('openai'), { timeout: 10_000 }).toBeUndefined()
  })

  it.each([
    ['nothing', {}],
    ['no calls at all', { concurrency: 0 }],
    ['half a call', { concurrency: 0.5 }],
    ['a negative rate', { requestsPerSecond: -1 }],
    ['something unknown', { price: 1 }],
  ])('refuses %s', async (_name, body) => {
    const admin = await Person.admin(run)
    expect((await admin.ask('PATCH', '/api/admin/providers/openai', body)).status).toBe(400)
  })

  it('is no business of others', async () => {
    const person = await Person.signUp(run)
    expect((await person.ask('PATCH', '/api/admin/providers/openai', { enabled: false })).status).toBe(403)
    expect((await (await Person.admin(run)).ask('PATCH', '/api/admin/providers/nobody', { enabled: false })).status).toBe(404)
  })
})
