import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellNeuralVoice } from '../../shared/neural-presence.ts'
import { createRedis } from '../../shared/redis.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

// The worker of this product has no weights (330 MB): the test takes the part of another worker that has them.
const run = readRun()
let person: Person
let redis: Redis

const offered = async () => {
  const { items } = await person.ok<{ items: { id: string; provider: string; label: string | null }[] }>('GET', '/api/voices')
  return items
}
const neural = async () => (await offered()).filter(({ provider }) => provider === 'neural')
const order = {
  kind: 'narration',
  speakers: [{ name: '甲', voiceId: 'neural-zf-xiaoxiao' }],
  sources: [{ type: 'text', text: '晚上好。' }],
}
const forget = () => redis.del('neural-voice:here')

beforeAll(async () => {
  person = await Person.signUp(run)
  redis = createRedis(run.settings['REDIS_URL']!, () => undefined)
})
afterAll(async () => {
  await rows(run, `UPDATE voices SET enabled = true WHERE provider = 'neural'`)
  await forget()
  await redis.quit()
})

describe('the neural voice', () => {
  it('is on offer while a worker says that it can speak it, and before the preview', async () => {
    expect(await neural()).toEqual([])
    await tellNeuralVoice(redis)
    expect((await neural()).map(({ label }) => label)).toEqual(Array(8).fill('local neural voice'))
    const all = (await offered()).map(({ provider }) => provider)
    expect(all.lastIndexOf('neural')).toBeLessThan(all.indexOf('local'))
    expect(await redis.pttl('neural-voice:here')).toBeGreaterThan(10_000)
    await forget()
    expect(await neural()).toEqual([])
  })

  it('stays off where an administrator switched it off, whatever workers say', async () => {
    await rows(run, `UPDATE voices SET enabled = false WHERE id = 'neural-zf-xiaoxiao'`)
    await tellNeuralVoice(redis)
    expect((await neural()).map(({ id }) => id)).not.toContain('neural-zf-xiaoxiao')
    expect(await neural()).toHaveLength(7)
    await rows(run, `UPDATE voices SET enabled = true WHERE id = 'neural-zf-xiaoxiao'`)
  })

  it('is waited for while another worker has it, and asks for another voice when none has', async () => {
    await tellNeuralVoice(redis)
    const { id } = await person.order(order)
    const refused = async () => {
      await tellNeuralVoice(redis)
      return (await rows(run, `SELECT id FROM usage_logs WHERE episode_id = $1 AND outcome = 'engine_missing'`, [id])).length
    }
    // More often than a provider may fail at a line.
    await expect.poll(refused, { timeout: 40_000 }).toBeGreaterThan(3)
    expect((await person.episode(id)).status).toBe('voicing')
    await forget()
    await person.until(id, ({ status }) => status === 'needs_repair')
    const [line] = await rows<{ failure_code: string }>(
      run,
      `SELECT l.failure_code FROM lines l JOIN versions v ON v.id = l.version_id WHERE v.episode_id = $1`,
      [id],
    )
    expect(line?.failure_code).toBe('engine_missing')
    await person.ok('POST', `/api/episodes/${id}/cancel`)
    await person.until(id, ({ status }) => status === 'cancelled')
  })
})
